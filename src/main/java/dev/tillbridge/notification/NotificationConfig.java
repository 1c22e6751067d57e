package dev.tillbridge.notification;

import java.time.Duration;
import java.util.Optional;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;

import org.hibernate.validator.constraints.time.DurationMin;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** Mail to who must act. The mail server is Quarkus's own configuration, {@code quarkus.mailer.*}; recipients are each channel's. */
@ConfigMapping(prefix = "tillbridge.notification")
public interface NotificationConfig {

    /** Whether this replica sends mail; off, notices are kept and nobody is told of them by mail. */
    @WithDefault("true")
    boolean enabled();

    /** The sender's address; where it is missing, {@code quarkus.mailer.from}. Without both, nothing is sent. */
    Optional<@Pattern(regexp = "[^\\p{Cc}]+@[^\\p{Cc}]+", message = "must be a mail address") String> from();

    /** Where people reach this service, such as {@code https://tillbridge.example.com}; without it mails have no links. */
    Optional<@Pattern(regexp = "https?://[^\\s\"'<>?#]+", message = "must be an http(s) URL without query") String> publicUrl();

    /** A channel gets at most one digest in this time. */
    @NotNull
    @DurationMin(seconds = 1)
    @WithDefault("PT15M")
    Duration digestEvery();

    /** A notice waits this long for others, and for its matter to be settled by itself, before a digest goes out. */
    @NotNull
    @DurationMin
    @WithDefault("PT1M")
    Duration collectFor();

    /** What was told of and is still open is told of again after this time. */
    @NotNull
    @DurationMin(seconds = 1)
    @WithDefault("PT24H")
    Duration repeatAfter();

    /** How many entries a digest shows; of the others it tells how many there are. */
    @Min(1)
    @Max(500)
    @WithDefault("50")
    int mostEntries();

    /** How many digests a channel gets in a day (UTC); what is open by then is told of on the next. */
    @Min(1)
    @WithDefault("48")
    int mostMailsPerDay();

    /** How often this replica looks for digests that are due. */
    @NotNull
    @DurationMin(seconds = 1)
    @WithDefault("PT30S")
    Duration lookEvery();
}
