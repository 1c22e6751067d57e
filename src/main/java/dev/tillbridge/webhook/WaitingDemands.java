package dev.tillbridge.webhook;

import java.util.UUID;

import jakarta.enterprise.context.ApplicationScoped;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;

/** Whether what a shop's platform demanded waits for a person. */
@ApplicationScoped
public class WaitingDemands {

    private static final String ANY = """
            select exists (select from webhook_demand d join store s on s.shop_domain = d.shop_domain
              where s.id = $1 and d.waits_since is not null)
            """;

    private final Pool pool;

    WaitingDemands(Pool pool) {
        this.pool = pool;
    }

    public Uni<Boolean> any(UUID storeId) {
        return pool.preparedQuery(ANY).execute(Tuple.of(storeId)).map(rows -> rows.iterator().next().getBoolean(0));
    }
}
