package dev.tillbridge.catalog;

import java.util.List;
import java.util.UUID;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.vertx.mutiny.sqlclient.Tuple;

/** What a full read has seen so far, in the database: the read may be long and its process may end before it. */
final class SeenPages {

    private static final String ADD = """
                                      insert into seen_page (store_id, channel_id, kind, generation, ids) values ($1, $2, $3, $4, $5)
                                      """;

    // Of earlier reads too, that never came to their end.
    private static final String FORGET = """
                                         delete from seen_page where store_id = $1 and channel_id is not distinct from $2 and generation <= $3
                                         """;

    private SeenPages() {}

    static Uni<Void> add(SqlClient client, UUID storeId, UUID channelId, String kind, long generation, List<String> ids) {
        if (ids.isEmpty()) {
            return Uni.createFrom().voidItem();
        }
        return client.preparedQuery(ADD)
                .execute(Tuple.of(storeId, channelId, kind, generation, ids.toArray(String[]::new))).replaceWithVoid();
    }

    static Uni<Void> forget(SqlClient client, UUID storeId, UUID channelId, long generation) {
        return client.preparedQuery(FORGET).execute(Tuple.of(storeId, channelId, generation)).replaceWithVoid();
    }
}
