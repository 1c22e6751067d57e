package dev.tillbridge.sandbox.http;

import java.util.function.Supplier;

import io.vertx.core.Future;

/**
 * What a request calls, found without any effect.
 *
 * @param name stable name for the request log and fault rules, such as {@code item_stocks.post} or a GraphQL operation's name
 * @param run does it; a failed future or an exception is a defect of the sandbox and answered 500
 */
public record Operation(String name, Supplier<Future<VendorAnswer>> run) {

    /** An operation that answers at once. */
    public static Operation of(String name, Supplier<VendorAnswer> run) {
        return new Operation(name, () -> Future.succeededFuture(run.get()));
    }
}
