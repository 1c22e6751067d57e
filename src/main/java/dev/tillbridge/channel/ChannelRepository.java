package dev.tillbridge.channel;

import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;

import jakarta.enterprise.context.ApplicationScoped;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.vertx.mutiny.sqlclient.Tuple;

import dev.tillbridge.channel.ChannelRecord.Permissions;
import dev.tillbridge.platform.SqlTime;
import dev.tillbridge.price.PriceTerms;

/** The rows of channels. Each method works on the connection it is given, so that a change and its journal are one transaction. */
@ApplicationScoped
class ChannelRepository {

    private static final String SELECT = """
            select channel.*, store.currency store_currency, store.taxes_included, (
                select extract(epoch from now() - min(s.last_success_at))::bigint
                from stream_state s where s.owner_id in (channel.id, channel.store_id)) lag_seconds,
              (select max(o.pos_created_at) from sale o where o.channel_id = channel.id and o.kind = 'SALE') last_sale_at,
              array(select s.stream || ': ' || s.last_error from stream_state s
                where s.owner_id in (channel.id, channel.store_id) and s.last_error is not null order by s.stream) failing
            from channel join store on store.id = channel.store_id
            """;
    private static final String INSERT = """
                                         insert into channel (id, store_id, name, integration, region, merchant_id, merchant_name, currency, timezone, vat,
                                                              track_stock, update_stock, merchant_read_at, permissions_granted, permissions_missing,
                                                              permissions_unverified, status, settings)
                                         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, now(), $13, $14, $15, $16, $17)
                                         """;
    private static final String PROBED = """
                                         update channel
                                            set merchant_name = $2, currency = $3, timezone = $4, vat = $5, track_stock = $6, update_stock = $7,
                                                merchant_read_at = now(), permissions_granted = $8, permissions_missing = $9, permissions_unverified = $10,
                                                status = case when status = 'PAUSED' then status else $11 end,
                                                status_reason = case when status = 'PAUSED' then split_part(status_reason, E'\\n', 1) end,
                                                updated_at = now(), version = version + 1
                                          where id = $1
                                         """;
    private static final String STATUS = """
                                         update channel set status = $2, status_reason = $3, updated_at = now(), version = version + 1 where id = $1
                                         """;
    private static final String RENAME = "update channel set name = $2, updated_at = now(), version = version + 1 where id = $1";
    private static final String TAKEN = """
                                        select store_id = $1 and lower(name) = lower($2) same_name, integration = $3 and merchant_id = $4 same_merchant
                                          from channel
                                         where id <> $5 and (store_id = $1 and lower(name) = lower($2) or integration = $3 and merchant_id = $4)
                                        """;

    private final Rows rows;

    ChannelRepository(Rows rows) {
        this.rows = rows;
    }

    /** The channels of a store, or of all (null), by name. */
    Uni<List<ChannelRecord>> list(SqlClient connection, UUID storeId) {
        return connection.preparedQuery(SELECT + " where $1::uuid is null or store_id = $1 order by channel.name, channel.id")
                .execute(Tuple.of(storeId)).map(found -> found.stream().map(this::record).toList());
    }

    Uni<ChannelRecord> get(SqlClient connection, UUID id) {
        return get(connection, id, "");
    }

    /** Keeps others from changing the row until the transaction ends. */
    Uni<ChannelRecord> lock(SqlClient connection, UUID id) {
        return get(connection, id, " for update of channel");
    }

    private Uni<ChannelRecord> get(SqlClient connection, UUID id, String suffix) {
        return connection.preparedQuery(SELECT + " where channel.id = $1" + suffix).execute(Tuple.of(id))
                .map(found -> found.stream().findFirst().map(this::record)
                        .orElseThrow(() -> new NotConnectedException("There is no channel " + id)));
    }

    /** What of a channel's identity another channel than {@code except} has already. */
    Uni<Taken> taken(SqlClient connection, UUID storeId, String name, String integration, String merchantId, UUID except) {
        return connection.preparedQuery(TAKEN).execute(Tuple.from(List.of(storeId, name, integration, merchantId, except)))
                .map(found -> new Taken(found.stream().anyMatch(row -> row.getBoolean("same_name")),
                        found.stream().anyMatch(row -> row.getBoolean("same_merchant"))));
    }

    Uni<Void> insert(SqlClient connection, UUID id, NewChannel channel, TillProbe probe) {
        var merchant = probe.merchant();
        var permissions = Permissions.of(probe);
        return connection.preparedQuery(INSERT).execute(Tuple.from(List.of(id, channel.storeId(), channel.name(),
                channel.integration(), channel.region(), channel.merchantId(), merchant.name(), merchant.currency(),
                merchant.timezone(), merchant.vat(), merchant.trackStock(), merchant.updateStock(),
                texts(permissions.granted()), texts(permissions.missing()), texts(permissions.unverified()),
                permissions.status().name(), rows.stored(ChannelSettings.DEFAULTS)))).replaceWithVoid();
    }

    /** What trying the token found out; a paused channel stays paused, any other is active again. */
    Uni<Void> probed(SqlClient connection, UUID id, TillProbe probe) {
        var merchant = probe.merchant();
        var permissions = Permissions.of(probe);
        return connection.preparedQuery(PROBED).execute(Tuple.from(List.of(id, merchant.name(), merchant.currency(),
                merchant.timezone(), merchant.vat(), merchant.trackStock(), merchant.updateStock(),
                texts(permissions.granted()), texts(permissions.missing()), texts(permissions.unverified()),
                permissions.status().name()))).replaceWithVoid();
    }

    Uni<Void> status(SqlClient connection, UUID id, ChannelStatus status, String reason) {
        return connection.preparedQuery(STATUS).execute(Tuple.of(id, status.name(), reason)).replaceWithVoid();
    }

    Uni<Void> rename(SqlClient connection, UUID id, String name) {
        return connection.preparedQuery(RENAME).execute(Tuple.of(id, name)).replaceWithVoid();
    }

    Uni<Void> delete(SqlClient connection, UUID id) {
        return connection.preparedQuery("delete from stream_state where owner_id = $1").execute(Tuple.of(id))
                .chain(() -> connection.preparedQuery("delete from channel where id = $1").execute(Tuple.of(id)))
                .replaceWithVoid();
    }

    private ChannelRecord record(Row row) {
        var channel = rows.channel(row);
        var lag = row.getLong("lag_seconds");
        return new ChannelRecord(channel,
                new TillMerchant(channel.merchantId(), row.getString("merchant_name"), row.getString("currency"),
                        row.getString("timezone"), row.getBoolean("vat"), channel.trackStock(), channel.updateStock()),
                new Permissions(Arrays.asList(row.getArrayOfStrings("permissions_granted")),
                        Arrays.asList(row.getArrayOfStrings("permissions_missing")),
                        Arrays.asList(row.getArrayOfStrings("permissions_unverified"))),
                row.getString("status_reason"),
                new PriceTerms(row.getString("currency"), row.getString("store_currency"), row.getBoolean("vat"),
                        row.getBoolean("taxes_included")),
                lag == null ? null : Duration.ofSeconds(lag),
                SqlTime.instant(row, "last_sale_at"),
                Arrays.asList(row.getArrayOfStrings("failing")), row.get(OffsetDateTime.class, "created_at").toInstant());
    }

    private static String[] texts(List<String> list) {
        return list.toArray(String[]::new);
    }

    record Taken(boolean name, boolean merchant) {}
}
