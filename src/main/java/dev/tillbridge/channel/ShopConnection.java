package dev.tillbridge.channel;

import dev.tillbridge.platform.Secret;

/** All that is needed to call a store: its domain and one of two kinds of credentials. */
public record ShopConnection(String shopDomain, Credentials credentials) {

    public sealed interface Credentials {}

    /** A token that does not expire by itself. */
    public record AccessToken(Secret token) implements Credentials {}

    /** Exchanged by the connector for a token of about a day (Shopify: client credentials grant). */
    public record ClientCredentials(String clientId, Secret clientSecret) implements Credentials {}
}
