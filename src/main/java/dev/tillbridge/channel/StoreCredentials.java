package dev.tillbridge.channel;

import java.util.Map;

import dev.tillbridge.platform.Secret;

/**
 * What a person gave to connect a store with: a token or a client id and secret.
 *
 * @param webhookSecret the client secret beside a token, which webhooks are verified with; may be null
 */
record StoreCredentials(ShopConnection.Credentials forCalls, Secret webhookSecret) {

    static StoreCredentials of(String accessToken, String clientId, String clientSecret) {
        var secret = clientSecret == null ? null : Secret.of(clientSecret);
        return accessToken != null
                ? new StoreCredentials(new ShopConnection.AccessToken(Secret.of(accessToken)), secret)
                : new StoreCredentials(new ShopConnection.ClientCredentials(clientId, secret), secret);
    }

    /** As it stands in the column {@code credential_kind}. */
    String kind() {
        return forCalls instanceof ShopConnection.AccessToken ? "ACCESS_TOKEN" : "CLIENT_CREDENTIALS";
    }

    boolean webhooksVerifiable() {
        return webhookSecret != null;
    }

    Map<String, Secret> kept() {
        return Credentials.kept(forCalls, webhookSecret);
    }
}
