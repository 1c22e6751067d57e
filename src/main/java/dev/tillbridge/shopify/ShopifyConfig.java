package dev.tillbridge.shopify;

import java.time.Duration;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;

import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** How Shopify is reached. */
@ConfigMapping(prefix = "tillbridge.shopify")
public interface ShopifyConfig {

    /** The shops' own domains. */
    String URL = "https://{shop}";

    /**
     * Where a shop answers; {@code {shop}} stands for its domain. Another value points the service at a simulated shop;
     * production takes one only where it is allowed.
     */
    @WithDefault(URL)
    @Pattern(regexp = "https?://[^\\s?#]+")
    String url();

    /** The Admin API's version. Shopify answers an expired one with the oldest it supports (shopify.dev/docs/api/usage/versioning). */
    @WithDefault("2026-10")
    @Pattern(regexp = "\\d{4}-(01|04|07|10)")
    String apiVersion();

    /** How long a connection may take to be made. */
    @WithDefault("5s")
    @NotNull
    @DurationMin(millis = 10)
    Duration connectTimeout();

    /** How long a call may take; a lease is renewed in time for no more than 20 seconds. */
    @WithDefault("20s")
    @NotNull
    @DurationMin(millis = 10)
    @DurationMax(seconds = 20)
    Duration timeout();

    /**
     * How long a call that changes something may wait for its turn before it is given up unsent. Together with
     * {@code timeout} it must stay below what is left of a store's lease when it is begun (25 s).
     */
    @WithDefault("4s")
    @NotNull
    @DurationMin(millis = 10)
    @DurationMax(seconds = 4)
    Duration writeWait();

    /** Calls to one shop at the same time. */
    @WithDefault("8")
    @Min(1)
    @Max(50)
    int concurrency();

    /** The wait before the first repetition of a failed read; it doubles with each, with jitter. */
    @WithDefault("300ms")
    @NotNull
    @DurationMin(millis = 1)
    Duration retryDelay();

    /** Reading everything by bulk operation. */
    Bulk bulk();

    /** Reading everything by bulk operation. */
    interface Bulk {

        /** The first gap between two looks at a running operation, each of one point; it grows by half each time. */
        @WithDefault("250ms")
        @NotNull
        @DurationMin(millis = 10)
        Duration pollInterval();

        /** The longest gap between two looks. */
        @WithDefault("30s")
        @NotNull
        @DurationMin(millis = 10)
        Duration longestPollInterval();

        /** After this an operation that has not finished, or has not been let in, is given up. */
        @WithDefault("2h")
        @NotNull
        @DurationMin(seconds = 1)
        Duration timeout();

        /** The longest silence while the result is downloaded, the time the database needs for a page included. */
        @WithDefault("5m")
        @NotNull
        @DurationMin(seconds = 1)
        Duration idleTimeout();

        /** Rows handed on at once. */
        @WithDefault("1000")
        @Min(1)
        @Max(10000)
        int pageSize();
    }
}
