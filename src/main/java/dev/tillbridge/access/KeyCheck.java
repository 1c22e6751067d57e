package dev.tillbridge.access;

import java.time.Duration;

import jakarta.enterprise.context.ApplicationScoped;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.quarkiverse.resteasy.problem.HttpProblem;
import io.quarkus.security.AuthenticationFailedException;
import io.smallrye.mutiny.Uni;

import dev.tillbridge.platform.ProblemCode;

/** Tells whose key was sent, by its hash, and holds back addresses that try wrong ones. */
@ApplicationScoped
class KeyCheck {

    private final BootstrapKey bootstrap;
    private final ApiKeyService keys;
    private final FailedAttempts attempts;

    KeyCheck(BootstrapKey bootstrap, ApiKeyService keys, FailedAttempts attempts) {
        this.bootstrap = bootstrap;
        this.keys = keys;
        this.attempts = attempts;
    }

    /**
     * Fails with {@link AuthenticationFailedException} where nobody has this key, and with
     * {@code too-many-failed-attempts} where the address has to wait before another one is looked at.
     */
    Uni<Holder> holder(String key, ClientAddress address) {
        var hash = KeyToken.hash(key);
        var wait = attempts.wait(address, hash);
        if (wait.isPresent()) {
            return Uni.createFrom().failure(tooMany(wait.get()));
        }
        return find(hash).onItem().ifNotNull().invoke(() -> attempts.wasRight(hash))
                .onItem().ifNull().failWith(() -> wrong(address));
    }

    /** What to fail with where something else than a key was wrong that this address sent. */
    RuntimeException wrong(ClientAddress address) {
        var wait = attempts.wait(address);
        if (wait.isPresent()) {
            return tooMany(wait.get());
        }
        attempts.wasWrong(address);
        return new AuthenticationFailedException("No valid key or token");
    }

    private Uni<Holder> find(byte[] hash) {
        return bootstrap.matches(hash)
                ? Uni.createFrom().item(Holder.bootstrap())
                : keys.use(hash).onItem().ifNotNull().transform(Holder::of);
    }

    private static HttpProblem tooMany(Duration wait) {
        var seconds = wait.plusMillis(999).toSeconds();
        return HttpProblem.builder(ProblemCode.TOO_MANY_FAILED_ATTEMPTS.problem("Too many wrong keys came from this address."
                + " Check the key, and try again in " + seconds + " s."))
                .withHeader(HttpHeaderNames.RETRY_AFTER.toString(), seconds).build();
    }
}
