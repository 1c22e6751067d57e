package dev.tillbridge.sandbox.shopify;

import java.nio.file.Path;

/** A bulk query operation: CREATED, RUNNING, then COMPLETED, FAILED or, through CANCELING, CANCELED. */
final class BulkOperationRow {

    private final String id;
    private final String query;
    private final long createdAt;
    private final Path file;
    private String status = "CREATED";
    private String errorCode;
    private long completedAt;
    private long objects;
    private long roots;
    private long bytes;

    BulkOperationRow(String id, String query, long createdAt, Path file) {
        this.id = id;
        this.query = query;
        this.createdAt = createdAt;
        this.file = file;
    }

    String id() {
        return id;
    }

    String query() {
        return query;
    }

    long createdAt() {
        return createdAt;
    }

    /** 0 while it runs. */
    long completedAt() {
        return completedAt;
    }

    String status() {
        return status;
    }

    /** Null unless FAILED. */
    String errorCode() {
        return errorCode;
    }

    long objects() {
        return objects;
    }

    long roots() {
        return roots;
    }

    long bytes() {
        return bytes;
    }

    Path file() {
        return file;
    }

    /** Whether it counts against the operations that may run at once. */
    boolean underWay() {
        return completedAt == 0;
    }

    void running() {
        status = "RUNNING";
    }

    void canceling() {
        status = "CANCELING";
    }

    void wrote(int length, boolean root) {
        objects++;
        roots += root ? 1 : 0;
        bytes += length;
    }

    void ended(String how, String code, long now) {
        status = how;
        errorCode = code;
        completedAt = now;
    }
}
