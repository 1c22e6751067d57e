package dev.tillbridge.channel;

import java.util.Map;
import java.util.UUID;

import jakarta.enterprise.context.ApplicationScoped;

import org.jboss.logging.Logger;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;

import dev.tillbridge.access.CredentialVault;
import dev.tillbridge.platform.Secret;

/**
 * Stores that are gone. Shopify demands things of a shop for weeks after it left, and signs them with its app's secret, which is
 * all that is kept of a store, for a while.
 */
@ApplicationScoped
public class FormerStores {

    private static final Logger LOG = Logger.getLogger(FormerStores.class);

    private static final String REMEMBER = """
                                           insert into former_store (id, store_id, shop_domain, keep_until)
                                           values ($1, $2, $3, clock_timestamp() + $4 * interval '1 millisecond')
                                           """;

    private final CredentialVault vault;
    private final WebhookConfig config;

    FormerStores(CredentialVault vault, WebhookConfig config) {
        this.vault = vault;
        this.config = config;
    }

    /** In the transaction that deletes the store, before its credentials go. */
    public Uni<Void> remember(SqlConnection connection, ConnectedStore store) {
        return readable(connection, store.id()).chain(kept -> {
            var secret = kept.get(Credentials.CLIENT_SECRET);
            if (secret == null) {
                return Uni.createFrom().voidItem();
            }
            var formerId = UUID.randomUUID();
            return connection.preparedQuery(REMEMBER)
                    .execute(Tuple.of(formerId, store.id(), store.shopDomain(), config.formerSecret().toMillis()))
                    .chain(() -> vault.replace(connection, formerId, Map.of(Credentials.CLIENT_SECRET, secret)));
        });
    }

    /** Those whose key is lost are as good as none: they must keep nobody from giving new ones, nor from deleting the store. */
    Uni<Map<String, Secret>> readable(SqlConnection connection, UUID id) {
        return vault.read(connection, id)
                .onFailure(IllegalStateException.class).invoke(lost -> LOG.warnf(
                        "The stored credentials of store %s cannot be read: %s", id, lost.getMessage()))
                .onFailure(IllegalStateException.class).recoverWithItem(lost -> Map.of());
    }
}
