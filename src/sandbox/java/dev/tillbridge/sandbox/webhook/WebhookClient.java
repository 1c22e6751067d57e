package dev.tillbridge.sandbox.webhook;

import java.time.Clock;
import java.util.concurrent.TimeoutException;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;

/**
 * One attempt: 1 s to connect, 5 s for the whole answer, redirects are not followed. Shopify's own limits (doc:
 * apps/build/webhooks); Clover's are not published, and held to the same.
 */
final class WebhookClient {

    private static final int CONNECT_MS = 1_000;

    private final Vertx vertx;
    private final Clock clock;
    private final HttpClient http;

    WebhookClient(Clock clock) {
        // A loop of its own: the vendors' answers must not wait for the webhooks.
        this.vertx = Vertx
                .vertx(new VertxOptions().setEventLoopPoolSize(1).setWorkerPoolSize(1).setInternalBlockingPoolSize(1));
        this.clock = clock;
        // One more than the lanes use: a request never waits for a connection instead of its answer.
        this.http = vertx.createHttpClient(
                new HttpClientOptions().setConnectTimeout(CONNECT_MS).setMaxPoolSize(WebhookSender.AT_ONCE + 1));
    }

    /** The attempt's outcome, on a thread of this client's; never fails. */
    Future<WebhookLog.Entry> send(WebhookPost post, int attempt, long answerMs) {
        long at = clock.millis();
        long started = System.nanoTime();
        RequestOptions options = new RequestOptions().setMethod(HttpMethod.POST).setAbsoluteURI(post.uri());
        Future<Integer> exchange = http.request(options).compose(request -> {
            long limit = vertx.setTimer(answerMs,
                    unused -> request.reset(0, new TimeoutException("no answer within " + answerMs + " ms")));
            post.headers().forEach(request::putHeader);
            return request.send(post.body()).compose(response -> response.end().map(response.statusCode()))
                    .onComplete(unused -> vertx.cancelTimer(limit));
        });
        return exchange.map(status -> entry(post, at, attempt, status, started, null)).recover(
                broken -> Future.succeededFuture(entry(post, at, attempt, 0, started, problem(broken))));
    }

    /** The innermost cause says it: the outer ones only that the request was reset. */
    private static String problem(Throwable broken) {
        Throwable cause = broken;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        return cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
    }

    Future<Void> close() {
        return vertx.close();
    }

    private static WebhookLog.Entry entry(WebhookPost post, long at, int attempt, int status, long started, String problem) {
        return new WebhookLog.Entry(post.side(), post.topic(), post.owner(), post.uri(), at, attempt, status,
                (System.nanoTime() - started) / 1_000_000, problem);
    }
}
