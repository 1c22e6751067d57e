package dev.tillbridge.channel;

import java.util.List;
import java.util.UUID;

import jakarta.enterprise.context.ApplicationScoped;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.vertx.mutiny.sqlclient.Tuple;

import dev.tillbridge.catalog.Location;

/** The locations of a store, as they were last read. */
@ApplicationScoped
class LocationRepository {

    private static final String DELETE = "delete from location where store_id = $1 and id <> all ($2::text[])";
    private static final String UPSERT = """
                                         insert into location (store_id, id, name, active, is_primary)
                                         select $1, * from unnest($2::text[], $3::text[], $4::boolean[], $5::boolean[])
                                         on conflict (store_id, id) do update
                                            set name = excluded.name, active = excluded.active, is_primary = excluded.is_primary
                                          where (location.name, location.active, location.is_primary)
                                                is distinct from (excluded.name, excluded.active, excluded.is_primary)
                                         """;

    /** Makes these the store's locations, in the transaction of the connection. */
    Uni<Void> replace(SqlClient connection, UUID storeId, List<Location> present) {
        var ids = present.stream().map(Location::id).toArray(String[]::new);
        return connection.preparedQuery(DELETE).execute(Tuple.of(storeId, ids))
                .chain(() -> connection.preparedQuery(UPSERT).execute(Tuple.of(storeId, ids,
                        present.stream().map(Location::name).toArray(String[]::new),
                        present.stream().map(Location::active).toArray(Boolean[]::new),
                        present.stream().map(Location::primary).toArray(Boolean[]::new))))
                .replaceWithVoid();
    }
}
