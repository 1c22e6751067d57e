package dev.tillbridge.channel;

import java.util.Map;
import java.util.Optional;

import dev.tillbridge.platform.Secret;

/**
 * What a person gave to connect a store with: a token or a client id and secret.
 *
 * @param webhookSecret the client secret beside a token, which webhooks are verified with; may be null
 */
record StoreCredentials(ShopConnection.Credentials forCalls, Secret webhookSecret) {

    /** Blanks around a value are no part of it, and a blank value is none: forms send empty fields along. */
    static StoreCredentials of(String accessToken, String clientId, String clientSecret) {
        var token = given(accessToken);
        var secret = given(clientSecret).map(Secret::of).orElse(null);
        return token.isPresent()
                ? new StoreCredentials(new ShopConnection.AccessToken(Secret.of(token.get())), secret)
                : new StoreCredentials(new ShopConnection.ClientCredentials(given(clientId).orElseThrow(), secret), secret);
    }

    /** Whether it is either an access token, or a client id and secret. */
    static boolean complete(String accessToken, String clientId, String clientSecret) {
        return given(accessToken).isPresent()
                ? given(clientId).isEmpty()
                : given(clientId).isPresent() && given(clientSecret).isPresent();
    }

    private static Optional<String> given(String text) {
        return Optional.ofNullable(text).map(String::strip).filter(stripped -> !stripped.isEmpty());
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
