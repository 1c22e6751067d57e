package dev.tillbridge.shipment;

import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.List;
import java.util.UUID;

import jakarta.enterprise.context.ApplicationScoped;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.vertx.mutiny.sqlclient.Tuple;

import dev.tillbridge.platform.SqlTime;

/** What the till's notes are to say, and what they were made to say. What changes a row is given the connection of its transaction. */
@ApplicationScoped
class NoteRepository {

    private static final String SALES = """
            select s.id, s.channel_id, s.store_order_id, s.handed_over, s.document ->> 'orderTypeId' as order_type_id,
              s.document ->> 'orderType' as order_type, s.store_cancelled or s.cancelling is not null as cancelled_by_us
            from sale s where s.store_id = $1 and s.store_order_id = any ($2::text[])
            """;

    /**
     * A reading counts unless a later one of the same order does already. Where nothing is to be told and nothing ever was, no row
     * is made.
     */
    private static final String WANT = """
            insert into sale_note as n (sale_id, store_order_id, read_of, wanted, act_at)
            select r.sale_id, r.store_order_id, r.read_of, r.wanted, case when r.wanted <> '' then clock_timestamp() end
            from unnest($1::uuid[], $2::text[], $3::timestamptz[], $4::text[]) as r (sale_id, store_order_id, read_of, wanted)
            join sale s on s.id = r.sale_id and s.store_order_id = r.store_order_id and s.redacted_at is null
            where r.wanted <> '' or exists (select from sale_note o where o.sale_id = r.sale_id)
            order by r.sale_id
            on conflict (sale_id) do update set store_order_id = excluded.store_order_id, read_of = excluded.read_of,
              wanted = excluded.wanted,
              act_at = case when excluded.wanted = n.told then null when excluded.wanted = n.wanted then n.act_at else clock_timestamp() end,
              attempts = case when excluded.wanted = n.wanted then n.attempts else 0 end
            where n.store_order_id is distinct from excluded.store_order_id or n.read_of is null
              or n.read_of < excluded.read_of or n.read_of = excluded.read_of and n.wanted <> excluded.wanted
            """;

    /**
     * A sale that was made anew, or keeps another order, is told of by what it has now: nothing, or an order that is read first.
     * So is one that was found long after it was made: it may have been sent meanwhile. Only such sales are looked through, which
     * are few.
     */
    private static final String FOLLOW = """
            insert into sale_note as n (sale_id, store_order_id, look)
            select s.id, s.store_order_id, s.store_order_id is not null from sale s
            where s.channel_id = $1 and (s.former_store_orders <> '{}' or s.found_late)
            order by s.id
            on conflict (sale_id) do update set store_order_id = excluded.store_order_id, read_of = null, look = excluded.look,
              wanted = '', attempts = 0,
              act_at = case when n.told = '' then null else clock_timestamp() end
            where n.store_order_id is distinct from excluded.store_order_id
            """;

    private static final String ASK = """
            insert into sale_note as n (sale_id, store_order_id, look)
            select s.id, s.store_order_id, true from sale s where s.store_id = $1 and s.store_order_id = any ($2::text[])
            order by s.id
            on conflict (sale_id) do update set look = true, look_at = clock_timestamp()
            """;

    private static final String TO_LOOK = """
            select n.sale_id, n.store_order_id from sale_note n join sale s on s.id = n.sale_id
            where n.look and n.look_at <= clock_timestamp() and s.channel_id = $1 and n.store_order_id = s.store_order_id order by n.sale_id limit $2
            """;

    private static final String DUE = """
            select n.sale_id, n.wanted, n.told, n.known, n.attempts, s.pos_order_id, s.store_order_name
            from sale_note n join sale s on s.id = n.sale_id
            where n.act_at <= clock_timestamp() and not n.look and s.channel_id = $1 order by n.act_at, n.sale_id limit $2
            """;

    /** Before it is sent: while the outcome is unknown it may stand in the note, beside what stood there. */
    private static final String INTEND = """
            update sale_note set unsure = unsure or told is null, told = null, known = array(select distinct line from unnest(known || $3::text[]) as line),
              act_at = clock_timestamp() + $4 * interval '1 millisecond'
            where sale_id = $1 and wanted = $2 and not look
            """;

    /**
     * What is wanted by now may be something else again. After a write without answer the note is looked at once more: it may still
     * be done, and bring back what it says.
     */
    private static final String CONFIRMED = """
            update sale_note set told = $2, attempts = 0, unsure = false,
              known = case when unsure then array(select distinct line from unnest(known || $3::text[]) as line) else $3::text[] end,
              act_at = case when wanted <> $2 then clock_timestamp() when unsure then clock_timestamp() + interval '2 minutes' end
            where sale_id = $1
            """;

    private static final String LOOK_LATER = """
            update sale_note set look_attempts = look_attempts + 1,
              look_at = clock_timestamp() + least($4::bigint, $3::bigint * power(2, least(look_attempts, 20))::bigint) * interval '1 millisecond'
            where sale_id = $1 and store_order_id = $2
            """;

    /** Unless something else is wanted by now: that has its own tries. */
    private static final String AGAIN = """
            update sale_note set act_at = clock_timestamp() + $3 * interval '1 millisecond',
              attempts = case when $4 then attempts + 1 else attempts end
            where sale_id = $1 and wanted = $2
            """;

    private static final String GIVE_UP = "update sale_note set act_at = null where sale_id = $1 and wanted = $2";

    private final Pool pool;

    NoteRepository(Pool pool) {
        this.pool = pool;
    }

    /**
     * An imported sale.
     *
     * @param handedOver whether its order was made as handed over already
     * @param cancelledByUs whether Tillbridge cancels the order, or did
     */
    record ImportedSale(UUID id, UUID channelId, String storeOrderId, boolean handedOver, String orderTypeId,
            String orderType, boolean cancelledByUs) {}

    /** What an order's reading makes of a sale's note. */
    record Wanted(UUID saleId, String storeOrderId, Instant readOf, String text) {}

    record ToLook(UUID saleId, String storeOrderId) {}

    /**
     * A note to be seen to.
     *
     * @param told null while the outcome of a write is unknown
     */
    record DueNote(UUID saleId, String posOrderId, String storeOrderName, String wanted, String told, List<String> known,
            int attempts) {

        List<String> lines() {
            return wanted.isEmpty() ? List.of() : List.of(wanted.split("\n"));
        }

        String subject() {
            return "order:" + posOrderId;
        }
    }

    /** The sales whose orders these are. */
    Uni<List<ImportedSale>> sales(UUID storeId, Collection<String> orderIds) {
        return pool.preparedQuery(SALES)
                .mapping(row -> new ImportedSale(row.getUUID("id"), row.getUUID("channel_id"), row.getString("store_order_id"),
                        row.getBoolean("handed_over"), row.getString("order_type_id"), row.getString("order_type"),
                        row.getBoolean("cancelled_by_us")))
                .execute(Tuple.of(storeId, texts(orderIds))).map(rows -> rows.stream().toList());
    }

    /** At most one for each sale; answers how many rows changed. */
    Uni<Integer> want(SqlClient connection, List<Wanted> wanted) {
        return connection.preparedQuery(WANT).execute(Tuple.of(
                wanted.stream().map(Wanted::saleId).toArray(UUID[]::new),
                texts(wanted.stream().map(Wanted::storeOrderId).toList()),
                wanted.stream().map(each -> SqlTime.of(each.readOf())).toArray(OffsetDateTime[]::new),
                texts(wanted.stream().map(Wanted::text).toList()))).map(rows -> rows.rowCount());
    }

    Uni<Void> follow(SqlClient connection, UUID channelId) {
        return connection.preparedQuery(FOLLOW).execute(Tuple.of(channelId)).replaceWithVoid();
    }

    Uni<Void> ask(SqlClient connection, UUID storeId, Collection<String> orderIds) {
        return connection.preparedQuery(ASK).execute(Tuple.of(storeId, texts(orderIds))).replaceWithVoid();
    }

    Uni<List<ToLook>> toLook(UUID channelId, int limit) {
        return pool.preparedQuery(TO_LOOK)
                .mapping(row -> new ToLook(row.getUUID("sale_id"), row.getString("store_order_id")))
                .execute(Tuple.of(channelId, limit)).map(rows -> rows.stream().toList());
    }

    /** It was read, or the store no longer shows it: then what was wanted of it stays. */
    Uni<Void> looked(SqlClient connection, ToLook looked) {
        return connection
                .preparedQuery(
                        "update sale_note set look = false, look_attempts = 0 where sale_id = $1 and store_order_id = $2")
                .execute(Tuple.of(looked.saleId(), looked.storeOrderId())).replaceWithVoid();
    }

    /** It could not be read now; in growing gaps it is tried again. */
    Uni<Void> lookLater(SqlClient connection, ToLook asked, Duration first, Duration longest) {
        return connection.preparedQuery(LOOK_LATER)
                .execute(Tuple.of(asked.saleId(), asked.storeOrderId(), first.toMillis(), longest.toMillis()))
                .replaceWithVoid();
    }

    Uni<List<DueNote>> due(UUID channelId, int limit) {
        return pool.preparedQuery(DUE).mapping(NoteRepository::due).execute(Tuple.of(channelId, limit))
                .map(rows -> rows.stream().toList());
    }

    /** Writes down that these lines are about to be sent; false where something else is wanted by now. */
    Uni<Boolean> intend(SqlClient connection, DueNote note, List<String> lines, Duration again) {
        return connection.preparedQuery(INTEND)
                .execute(Tuple.of(note.saleId(), note.wanted(), texts(lines), again.toMillis()))
                .map(rows -> rows.rowCount() == 1);
    }

    /** The note says what was wanted, by these lines. */
    Uni<Void> confirmed(SqlClient connection, DueNote note, List<String> lines) {
        return connection.preparedQuery(CONFIRMED).execute(Tuple.of(note.saleId(), note.wanted(), texts(lines)))
                .chain(() -> problem(connection, note, null));
    }

    /** @param failed whether this was a try in vain */
    Uni<Void> again(SqlClient connection, DueNote note, Duration in, boolean failed) {
        return connection.preparedQuery(AGAIN).execute(Tuple.of(note.saleId(), note.wanted(), in.toMillis(), failed))
                .replaceWithVoid();
    }

    /** It is left to a person; false where something else is wanted by now. */
    Uni<Boolean> giveUp(SqlClient connection, DueNote note, String problem) {
        return connection.preparedQuery(GIVE_UP).execute(Tuple.of(note.saleId(), note.wanted()))
                .map(rows -> rows.rowCount() == 1)
                .call(given -> given ? problem(connection, note, problem) : Uni.createFrom().voidItem());
    }

    /** A column of its own: whatever else is wrong with the sale stays. */
    private static Uni<Void> problem(SqlClient connection, DueNote note, String problem) {
        return connection.preparedQuery("""
                update sale set shipment_problem = $2, version = version + 1 where id = $1 and shipment_problem is distinct from $2
                """).execute(Tuple.of(note.saleId(), problem)).replaceWithVoid();
    }

    private static DueNote due(Row row) {
        return new DueNote(row.getUUID("sale_id"), row.getString("pos_order_id"), row.getString("store_order_name"),
                row.getString("wanted"), row.getString("told"), List.of(row.getArrayOfStrings("known")),
                row.getInteger("attempts"));
    }

    private static String[] texts(Collection<String> texts) {
        return texts.toArray(String[]::new);
    }
}
