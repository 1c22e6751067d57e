package dev.tillbridge.channel;

import java.time.OffsetDateTime;
import java.util.List;
import java.util.UUID;

import jakarta.enterprise.context.ApplicationScoped;

import io.smallrye.mutiny.Uni;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.vertx.mutiny.sqlclient.Tuple;

import dev.tillbridge.catalog.Location;
import dev.tillbridge.platform.Replica;
import dev.tillbridge.platform.SqlTime;

/** The rows of stores. Each method works on the connection it is given, so that a change and its journal are one transaction. */
@ApplicationScoped
class StoreRepository {

    private static final String SELECT = """
                                         select store.*, w.subscriptions, w.problem as webhook_problem, w.checked_at, w.last_at, w.silent_since,
                                                case when store.previous_secret_until > clock_timestamp() then store.previous_secret_until end
                                                  as previous_secret_accepted_until, (
                                                  select coalesce(jsonb_agg(jsonb_build_object('id', l.id, 'name', l.name, 'active', l.active,
                                                                                               'primary', l.is_primary)
                                                                            order by l.is_primary desc, l.name, l.id), '[]')
                                                    from location l where l.store_id = store.id) locations
                                           from store left join webhook_status w on w.store_id = store.id
                                         """;
    private static final String INSERT = """
                                         insert into store (id, shop_domain, name, currency, taxes_included, timezone, credential_kind,
                                                            webhooks_verifiable, scopes_granted, scopes_missing, status)
                                         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
                                         """;
    private static final String LEASE = "insert into store_lease (store_id) values ($1)";
    private static final String UPDATE = """
                                         update store
                                            set name = $2, currency = $3, taxes_included = $4, timezone = $5, credential_kind = $6,
                                                webhooks_verifiable = $7, scopes_granted = $8, scopes_missing = $9, status = $10, status_reason = null,
                                                updated_at = now(), version = version + 1
                                          where id = $1
                                         """;
    // The replica that holds the store is told with the commit; the one that says so itself (see ChannelEvents) is told already.
    private static final String WAKE = """
                                       with due as (update store_lease set due_at = now() where store_id = $1)
                                       select pg_notify('tillbridge_due', $2)
                                       """;

    private final Rows rows;
    private final Replica replica;
    private final WebhookConfig webhooks;

    StoreRepository(Rows rows, Replica replica, WebhookConfig webhooks) {
        this.rows = rows;
        this.replica = replica;
        this.webhooks = webhooks;
    }

    /** All stores, or the one of the limit, by name. */
    Uni<List<StoreRecord>> list(SqlClient connection, UUID limit) {
        return connection.preparedQuery(SELECT + " where $1::uuid is null or store.id = $1 order by store.name, store.id")
                .execute(Tuple.of(limit))
                .map(found -> found.stream().map(this::record).toList());
    }

    Uni<StoreRecord> get(SqlClient connection, UUID id) {
        return connection.preparedQuery(SELECT + " where store.id = $1").execute(Tuple.of(id)).map(found -> found.stream()
                .findFirst().map(this::record).orElseThrow(() -> new NotConnectedException("There is no store " + id)));
    }

    Uni<Boolean> isConnected(SqlClient connection, String shopDomain) {
        return connection.preparedQuery("select 1 from store where shop_domain = $1").execute(Tuple.of(shopDomain))
                .map(found -> found.rowCount() > 0);
    }

    Uni<Void> insert(SqlClient connection, UUID id, ShopProfile profile, String credentialKind, boolean webhooksVerifiable) {
        return connection.preparedQuery(INSERT).execute(Tuple.from(List.of(id, profile.domain(), profile.name(),
                profile.currency(), profile.taxesIncluded(), profile.timezone(), credentialKind, webhooksVerifiable,
                texts(profile.scopesGranted()), texts(profile.scopesMissing()), status(profile).name())))
                .chain(() -> connection.preparedQuery(LEASE).execute(Tuple.of(id))).replaceWithVoid();
    }

    /** After new credentials: what the shop says of itself now, and that it works again. */
    Uni<Void> update(SqlClient connection, UUID id, ShopProfile profile, String credentialKind, boolean webhooksVerifiable) {
        return connection.preparedQuery(UPDATE).execute(Tuple.from(List.of(id, profile.name(), profile.currency(),
                profile.taxesIncluded(), profile.timezone(), credentialKind, webhooksVerifiable,
                texts(profile.scopesGranted()), texts(profile.scopesMissing()), status(profile).name())))
                .chain(() -> wake(connection, id));
    }

    /** Makes the engine look at the store at once, on whichever replica holds it. */
    Uni<Void> wake(SqlClient connection, UUID id) {
        return connection.preparedQuery(WAKE)
                .execute(Tuple.of(id, id + " changed " + replica.id())).replaceWithVoid();
    }

    Uni<Void> delete(SqlClient connection, UUID id) {
        return connection.preparedQuery("delete from store where id = $1").execute(Tuple.of(id)).replaceWithVoid();
    }

    /** The client secret before the present one is accepted for a while from now on. */
    Uni<Void> acceptPreviousSecret(SqlClient connection, UUID id) {
        return connection.preparedQuery(
                "update store set previous_secret_until = clock_timestamp() + $2 * interval '1 millisecond' where id = $1")
                .execute(Tuple.of(id, webhooks.previousSecret().toMillis())).replaceWithVoid();
    }

    static StoreStatus status(ShopProfile profile) {
        return profile.scopesMissing().isEmpty() ? StoreStatus.CONNECTED : StoreStatus.SCOPES_MISSING;
    }

    private StoreRecord record(Row row) {
        var locations = row.get(JsonArray.class, "locations").stream().map(JsonObject.class::cast)
                .map(location -> new Location(location.getString("id"), location.getString("name"),
                        location.getBoolean("active"), location.getBoolean("primary")))
                .toList();
        return new StoreRecord(rows.store(row), locations, List.of(row.getArrayOfStrings("scopes_granted")),
                List.of(row.getArrayOfStrings("scopes_missing")), row.getBoolean("webhooks_verifiable"), webhooks(row),
                row.getString("status_reason"), row.get(OffsetDateTime.class, "created_at").toInstant());
    }

    private WebhookState webhooks(Row row) {
        var subscriptions = row.getString("subscriptions");
        WebhookState.Status status;
        if (!row.getBoolean("webhooks_verifiable")) {
            status = WebhookState.Status.UNVERIFIABLE;
        } else if (webhooks.publicUrl().isEmpty()) {
            status = WebhookState.Status.NOT_CONFIGURED;
        } else if (row.getOffsetDateTime("silent_since") != null) {
            status = WebhookState.Status.SILENT;
        } else {
            status = subscriptions == null || "UNKNOWN".equals(subscriptions)
                    ? WebhookState.Status.PENDING
                    : WebhookState.Status.valueOf(subscriptions);
        }
        return new WebhookState(status, row.getString("webhook_problem"), SqlTime.instant(row, "checked_at"),
                SqlTime.instant(row, "last_at"), SqlTime.instant(row, "silent_since"),
                SqlTime.instant(row, "previous_secret_accepted_until"));
    }

    private static String[] texts(List<String> list) {
        return list.toArray(String[]::new);
    }
}
