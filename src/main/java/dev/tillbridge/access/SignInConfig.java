package dev.tillbridge.access;

import java.time.Duration;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;

import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** How long a browser stays signed in, and how often wrong keys may be tried. */
@ConfigMapping(prefix = "tillbridge.sign-in")
interface SignInConfig {

    /** A session that is not used for so long is over. */
    @WithDefault("PT12H")
    @NotNull
    @DurationMin(minutes = 1)
    @DurationMax(days = 30)
    Duration idle();

    /** A session is over after so long, however much it is used. */
    @WithDefault("P7D")
    @NotNull
    @DurationMin(minutes = 1)
    @DurationMax(days = 90)
    Duration longest();

    /** Wrong keys from one address that are looked at at once; then it has to wait between them. */
    @WithDefault("20")
    @Min(1)
    @Max(10_000)
    int wrongKeys();

    /** How long an address that sent that many waits for each further one. */
    @WithDefault("PT6S")
    @NotNull
    @DurationMin(millis = 100)
    @DurationMax(hours = 1)
    Duration oneMoreEvery();
}
