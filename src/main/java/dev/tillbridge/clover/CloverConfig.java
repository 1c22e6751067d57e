package dev.tillbridge.clover;

import java.net.URI;
import java.time.Duration;
import java.util.Optional;

import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;

import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** How Clover is called. The defaults are Clover's documented hosts and limits. */
@ConfigMapping(prefix = "tillbridge.clover")
public interface CloverConfig {

    /** API bases by region; see docs.clover.com/docs/making-rest-api-calls. Production takes others only where they are allowed. */
    Url url();

    /** Clover's limits per token; see docs.clover.com/docs/api-usage-rate-limits. */
    Rate rate();

    /** Clover's limits per app; tokens that merchants make belong to none. */
    App app();

    Timeout timeout();

    Retry retry();

    Breaker breaker();

    Webhook webhook();

    /** Names the product on every call: Clover demands it (docs.clover.com/dev/changelog, April 2026). */
    @WithDefault("Tillbridge/${quarkus.application.version:unknown} (+https://tillbridge.dev)")
    @NotBlank
    @Pattern(regexp = "\\S+/\\S+( .*)?", message = "must be <product>/<version> <comment>")
    String userAgent();

    /** Connections kept per region, over all tills. Each till has at most {@code rate.concurrent} calls in flight. */
    @WithDefault("200")
    @Min(1)
    @Max(10_000)
    int connections();

    interface Url {
        String US = "https://api.clover.com";
        String EU = "https://api.eu.clover.com";
        String LA = "https://api.la.clover.com";
        String SANDBOX = "https://apisandbox.dev.clover.com";

        /** North America. */
        @WithDefault(US)
        @NotNull
        URI us();

        /** Europe. */
        @WithDefault(EU)
        @NotNull
        URI eu();

        /** Latin America. */
        @WithDefault(LA)
        @NotNull
        URI la();

        /** Clover's developer sandbox. */
        @WithDefault(SANDBOX)
        @NotNull
        URI sandbox();
    }

    interface Rate {
        /** Requests per second that Clover grants a token. Just under that is used, evenly spaced. */
        @WithDefault("16")
        @DecimalMin("0.5")
        @DecimalMax("1000")
        double perSecond();

        /** Requests that Clover lets a token have in flight at once. */
        @WithDefault("5")
        @Min(1)
        @Max(100)
        int concurrent();

        /**
         * How long a write may wait for its turn before it is given up unsent. Together with {@code timeout.call} it must stay
         * below what is left of a store's lease when a write is begun (25 s).
         */
        @WithDefault("4s")
        @NotNull
        @DurationMin(millis = 100)
        @DurationMax(seconds = 10)
        Duration writeWait();
    }

    interface App {
        /**
         * Whether all tokens together keep to an app's limits, divided among the replicas that live. A replica that starts waits
         * until the others have given up its part.
         */
        @WithDefault("false")
        boolean enabled();

        /** Requests per second that Clover grants an app, over all its tokens. Just under that is used. */
        @WithDefault("50")
        @DecimalMin("0.5")
        @DecimalMax("10000")
        double perSecond();

        /**
         * Requests of an app in flight at once, over all its tokens. Each replica has at least one of them, so that this is how many
         * replicas may run: what comes beyond sends Clover nothing until another one has gone.
         */
        @WithDefault("10")
        @Min(1)
        @Max(1000)
        int concurrent();
    }

    interface Timeout {
        /** From sending a request until its whole answer is there. */
        @WithDefault("20s")
        @NotNull
        @DurationMin(millis = 100)
        @DurationMax(seconds = 20)
        Duration call();

        /** For opening a connection. */
        @WithDefault("5s")
        @NotNull
        @DurationMin(millis = 50)
        @DurationMax(seconds = 20)
        Duration connect();
    }

    interface Retry {
        /** How often a read is sent at most; a write only if certainly nothing was done. */
        @WithDefault("6")
        @Min(1)
        @Max(20)
        int attempts();

        /** Pause before the second attempt; doubles with each, scattered by half. */
        @WithDefault("500ms")
        @NotNull
        @DurationMin(millis = 1)
        Duration firstPause();

        /** The longest pause. */
        @WithDefault("10s")
        @NotNull
        @DurationMin(millis = 1)
        Duration longestPause();
    }

    interface Breaker {
        /** So many calls are looked at: when half of them failed in transport the till is left alone for a while. */
        @WithDefault("20")
        @Min(2)
        @Max(1000)
        int window();

        /** How long it is left alone before one call tries again. */
        @WithDefault("5s")
        @NotNull
        @DurationMin(millis = 1)
        Duration pause();
    }

    /** What Clover's webhook posts are recognised by; see docs.clover.com/docs/webhooks. Without, they are refused. */
    interface Webhook {
        /** The code of the developer dashboard that Clover sends as {@code X-Clover-Auth}. */
        Optional<String> authCode();

        /** The one before, accepted too while Clover changes from one to the other. */
        Optional<String> previousAuthCode();
    }
}
