package dev.tillbridge.shopify;

import java.util.concurrent.Executor;

import io.vertx.core.Vertx;

/**
 * Where the caller runs. Turns are granted by whoever ends an earlier one and delays end on a timer's thread; the work
 * goes on in the context it came from, which database sessions are bound to.
 */
final class CallerContext {

    private CallerContext() {}

    static Executor capture() {
        var context = Vertx.currentContext();
        return context == null ? Runnable::run : action -> {
            if (Vertx.currentContext() == context) {
                action.run();
            } else {
                context.runOnContext(ignored -> action.run());
            }
        };
    }
}
