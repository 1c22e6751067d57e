package dev.tillbridge.sandbox.clover;

/** What orders, payments, refunds and credits have in common. Times are epoch milliseconds. */
abstract class SaleRow {

    final String id;
    /** Written by the server: whole seconds. Also of a row that arrived late the time at which it was made. */
    final long createdTime;
    /** Written by the device: with real milliseconds, and as wrong as its clock. */
    final long clientCreatedTime;
    long modifiedTime;
    /** Position in the order of arrival. */
    long number;

    SaleRow(String id, Moment made) {
        this.id = id;
        this.createdTime = made.server();
        this.clientCreatedTime = made.device();
        this.modifiedTime = made.server();
    }

    /** A moment as the server writes it, in whole seconds, and as the device does. */
    record Moment(long server, long device) {}
}
