/**
 * The simulated Clover REST API v3 under {@code /v3/merchants/{mId}/…} (regions us and sandbox), {@code /eu/v3/…} and
 * {@code /la/v3/…}. Orders, payments, refunds and credits are {@link dev.tillbridge.sandbox.clover.SaleRow}s in a merchant's
 * {@link dev.tillbridge.sandbox.clover.SaleBook}; what a till does with them is in {@link dev.tillbridge.sandbox.clover.Till},
 * what it adds up in {@link dev.tillbridge.sandbox.clover.TillTotal}. Unlike orders that come through the REST API, whose total
 * belongs to the client, those of the control API are added up here.
 */
package dev.tillbridge.sandbox.clover;
