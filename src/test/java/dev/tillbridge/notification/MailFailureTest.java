package dev.tillbridge.notification;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Optional;

import org.junit.jupiter.api.Test;

class MailFailureTest {

    private final MailFailure failures = new MailFailure(Optional.of("shop"), Optional.of("s3cret-pass"));

    @Test
    void a_server_that_repeats_credentials_does_not_bring_them_into_the_log() {
        // "\0shop\0s3cret-pass" and "s3cret-pass" in base64, as AUTH PLAIN and AUTH LOGIN send them.
        assertThat(failures
                .describe(new IOException("535 5.7.8 refused:\r\nAHNob3AAczNjcmV0LXBhc3M= czNjcmV0LXBhc3M= s3cret-pass")))
                .isEqualTo("535 5.7.8 refused: *** *** ***");
    }

    @Test
    void a_failure_without_words_has_a_name() {
        assertThat(failures.describe(new IOException())).isEqualTo("IOException");
        assertThat(new MailFailure(Optional.empty(), Optional.empty()).describe(new IOException("Connection refused")))
                .isEqualTo("Connection refused");
    }
}
