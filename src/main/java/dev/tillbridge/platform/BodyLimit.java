package dev.tillbridge.platform;

import java.io.IOException;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.quarkiverse.resteasy.problem.HttpProblem;
import io.quarkus.vertx.http.runtime.VertxHttpConfig;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.ext.web.RoutingContext;

/**
 * Answers a body over the limit with a problem; Quarkus alone would close the connection without a word. The rest of
 * the body is read and thrown away first, within reason, because a client that is still sending would see a reset
 * connection instead of the answer.
 */
@ApplicationScoped
class BodyLimit {

    static final String DETAIL = "A body may have 1 MB. Send less at once.";

    private static final long DRAINED = 32L * 1024 * 1024;
    /** Before Quarkus's own check, which stands at the order -2. */
    private static final int PRIORITY = 1000;

    private final long limit;
    private final String answer;

    BodyLimit(VertxHttpConfig config, ObjectMapper json) {
        this.limit = config.limits().maxBodySize().map(size -> size.asLongValue()).orElse(Long.MAX_VALUE);
        try {
            this.answer = json.writeValueAsString(ProblemCode.BODY_TOO_LARGE.problem(DETAIL));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("A problem cannot be written as JSON", e);
        }
    }

    void register(@Observes Filters filters) {
        filters.register(this::check, PRIORITY);
    }

    /** Whether a body that did not tell its length turned out too large; Quarkus, which counts it, has a message for it alone. */
    static boolean wasBroken(Throwable failure) {
        return failure instanceof IOException && "Request too large".equals(failure.getMessage());
    }

    private void check(RoutingContext context) {
        var length = length(context.request().getHeader(HttpHeaderNames.CONTENT_LENGTH));
        if (length <= limit) {
            context.next();
        } else if (length > DRAINED || context.request().getHeader(HttpHeaderNames.EXPECT) != null) {
            // Who sends "Expect" waits for an answer before the body.
            refuse(context);
        } else {
            context.request().endHandler(end -> refuse(context)).resume();
        }
    }

    private void refuse(RoutingContext context) {
        context.response().setStatusCode(ProblemCode.BODY_TOO_LARGE.status())
                .putHeader(HttpHeaderNames.CONTENT_TYPE, HttpProblem.MEDIA_TYPE.toString())
                .putHeader(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE)
                .end(answer);
    }

    private static long length(String header) {
        try {
            return header == null ? 0 : Long.parseLong(header.trim());
        } catch (NumberFormatException e) {
            // Netty refuses such a request before it comes here.
            return 0;
        }
    }
}
