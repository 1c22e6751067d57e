package dev.tillbridge.webhook;

import java.util.List;
import java.util.UUID;

import jakarta.enterprise.context.ApplicationScoped;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.vertx.mutiny.sqlclient.Tuple;

/**
 * Erases what is held of a customer or of a shop. Of a customer that is what the till's sale of an order says beside its goods and
 * money: who bought (the till's id), the sale's title, the notes of sale and lines and the reasons of refunds; and the tracking of
 * what was sent, in the journal, too.
 * Contacts are read when an order is made and kept nowhere.
 */
@ApplicationScoped
class Erasure {

    private static final String OF_ORDERS = "shop_domain = $1 and (store_order_id = any ($2) or former_store_orders && $2)";

    private static final String HELD = "select pos_order_id from sale where " + OF_ORDERS + " order by pos_order_id";

    /**
     * Refunds keep the words that somebody typed at the till. One that may still be sent again must stay as it was sent, for as long
     * as the store keeps its key: a day.
     */
    private static final String REDACT = """
            with mine as materialized (select id from sale where %s order by id for update),
            notes as (delete from sale_note n using mine where n.sale_id = mine.id),
            refunds as (
              update sale_refund r set draft = r.draft - 'note' from mine
              where r.sale_id = mine.id and r.draft ? 'note' and (r.status in ('DONE', 'SKIPPED') or r.first_sent_at is null
                or r.first_sent_at < clock_timestamp() - interval '24 hours'))
            update sale s set document = sale_without_person(s.document), imported_document = sale_without_person(s.imported_document),
              redacted_at = coalesce(s.redacted_at, clock_timestamp())
            from mine where s.id = mine.id
            """.formatted(OF_ORDERS);

    private static final String LEFT = """
            select exists (select from sale_refund r join sale s on s.id = r.sale_id where r.draft ->> 'note' is not null and %s)
            """.formatted(OF_ORDERS);

    private static final String MAY_ERASE = "select set_config('tillbridge.erasing', 'on', true)";

    private static final String STORES = """
            select id from store where shop_domain = $1
            union select store_id from former_store where shop_domain = $1
            union select store_id from journal where subject = 'store' and kind = 'store-connected' and after = $1
            """;

    private static final String JOURNAL = """
            update journal j set before = null, after = null, cause = 'Erased, as the customer''s shop demanded'
            where j.kind in ('shipment-noted', 'shipment-not-noted')
              and j.subject in (select 'order:' || pos_order_id from sale where %s)
              and j.store_id in (%s)
            """.formatted(OF_ORDERS, STORES);

    /** In the order of their references. What is left of a store goes with it. */
    private static final List<String> OF_STORES = List.of("delete from channel where store_id = any ($1)",
            "delete from webhook_event where store_id = any ($1)",
            "delete from store where id = any ($1)");

    private static final String JOURNAL_OF_STORES = """
            update journal set before = null, after = null, cause = 'Erased, as the shop demanded'
            where kind in ('shipment-noted', 'shipment-not-noted') and store_id = any ($1)
            """;

    private static final String CREDENTIALS = """
            delete from credential where owner_id in (
              select id from store where shop_domain = $1
              union select c.id from channel c join store s on s.id = c.store_id where s.shop_domain = $1)
            """;

    /** The till's order ids of sales that became one of these orders of the store's. */
    Uni<List<String>> held(SqlClient connection, String shopDomain, List<String> orderIds) {
        return connection.preparedQuery(HELD).execute(ofOrders(shopDomain, orderIds))
                .map(rows -> rows.stream().map(row -> row.getString(0)).toList());
    }

    /** Answers of how many sales something was erased. */
    Uni<Integer> ofCustomer(SqlClient connection, String shopDomain, List<String> orderIds) {
        return connection.preparedQuery(REDACT).execute(ofOrders(shopDomain, orderIds)).map(rows -> rows.rowCount())
                .call(() -> connection.query(MAY_ERASE).execute())
                .call(() -> connection.preparedQuery(JOURNAL).execute(ofOrders(shopDomain, orderIds)));
    }

    /** Whether something of these orders could not be erased yet: a refund that may still be sent again. */
    Uni<Boolean> left(SqlClient connection, String shopDomain, List<String> orderIds) {
        return connection.preparedQuery(LEFT).execute(ofOrders(shopDomain, orderIds))
                .map(rows -> rows.iterator().next().getBoolean(0));
    }

    /**
     * Erases the shop: its sales, and what is left of its stores and channels with their credentials. The journal is
     * append-only and stays: it tells of goods and quantities, once the tracking of shipments is out of it. The client
     * secret of a store that was deleted before stays until its time is over: the shop's platform may repeat its demand. Answers
     * how many sales went.
     */
    Uni<Integer> ofShop(SqlClient connection, String shopDomain) {
        return connection.preparedQuery(STORES).execute(Tuple.of(shopDomain))
                .map(rows -> rows.stream().map(row -> row.getUUID(0)).toArray(UUID[]::new))
                .chain(stores -> connection.preparedQuery("delete from sale where shop_domain = $1")
                        .execute(Tuple.of(shopDomain)).map(rows -> rows.rowCount())
                        .call(() -> connection.query(MAY_ERASE).execute())
                        .call(() -> connection.preparedQuery(JOURNAL_OF_STORES)
                                .execute(Tuple.tuple().addArrayOfUUID(stores)))
                        .call(() -> connection.preparedQuery(CREDENTIALS).execute(Tuple.of(shopDomain)))
                        .call(() -> Multi.createFrom().iterable(OF_STORES)
                                .onItem().transformToUniAndConcatenate(sql -> connection.preparedQuery(sql)
                                        .execute(Tuple.tuple().addArrayOfUUID(stores)))
                                .collect().last()));
    }

    private static Tuple ofOrders(String shopDomain, List<String> orderIds) {
        return Tuple.of(shopDomain).addArrayOfString(orderIds.toArray(String[]::new));
    }
}
