package dev.tillbridge.clover;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

import jakarta.inject.Singleton;

import dev.tillbridge.channel.TillNews;

/** Recognises and reads Clover's webhook posts (docs.clover.com/docs/webhooks). The body is not signed: it is a hint at most. */
@Singleton
class CloverWebhooks {

    private static final String AUTH = "X-Clover-Auth";

    private final List<byte[]> codes;

    CloverWebhooks(CloverConfig config) {
        this.codes = Stream.of(config.webhook().authCode(), config.webhook().previousAuthCode())
                .flatMap(code -> code.stream().map(String::strip)).filter(code -> !code.isEmpty())
                .map(code -> code.getBytes(StandardCharsets.UTF_8)).toList();
    }

    boolean configured() {
        return !codes.isEmpty();
    }

    boolean authentic(UnaryOperator<String> header) {
        var sent = header.apply(AUTH);
        if (sent == null) {
            return false;
        }
        var bytes = sent.getBytes(StandardCharsets.UTF_8);
        var authentic = false;
        // All are compared, so that the time does not tell which one was nearly right.
        for (var code : codes) {
            authentic |= MessageDigest.isEqual(code, bytes);
        }
        return authentic;
    }

    TillNews read(byte[] body) {
        return CloverPost.read(body);
    }
}
