package dev.tillbridge.channel;

import java.util.LinkedHashMap;
import java.util.Map;

import dev.tillbridge.platform.Secret;

/** The names under which the credentials of stores and channels are kept, and what they mean together. */
final class Credentials {

    static final String TOKEN = "token";
    static final String ACCESS_TOKEN = "access-token";
    static final String CLIENT_ID = "client-id";
    static final String CLIENT_SECRET = StoreCredentialNames.CLIENT_SECRET;
    static final String PREVIOUS_CLIENT_SECRET = StoreCredentialNames.PREVIOUS_CLIENT_SECRET;

    private Credentials() {}

    static TillConnection till(String region, String merchantId, Map<String, Secret> kept) {
        return new TillConnection(region, merchantId, kept.get(TOKEN));
    }

    static ShopConnection shop(String shopDomain, Map<String, Secret> kept) {
        var accessToken = kept.get(ACCESS_TOKEN);
        return new ShopConnection(shopDomain, accessToken != null
                ? new ShopConnection.AccessToken(accessToken)
                : new ShopConnection.ClientCredentials(kept.get(CLIENT_ID).reveal(), kept.get(CLIENT_SECRET)));
    }

    /** What is kept of a store's credentials; the client secret, which webhooks are verified with, may be null beside a token. */
    static Map<String, Secret> kept(ShopConnection.Credentials credentials, Secret webhookSecret) {
        var kept = new LinkedHashMap<String, Secret>();
        if (credentials instanceof ShopConnection.AccessToken token) {
            kept.put(ACCESS_TOKEN, token.token());
            if (webhookSecret != null) {
                kept.put(CLIENT_SECRET, webhookSecret);
            }
        } else if (credentials instanceof ShopConnection.ClientCredentials client) {
            kept.put(CLIENT_ID, Secret.of(client.clientId()));
            kept.put(CLIENT_SECRET, client.clientSecret());
        }
        return kept;
    }
}
