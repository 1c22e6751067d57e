package dev.tillbridge.order;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

import io.vertx.mutiny.sqlclient.Row;

import dev.tillbridge.platform.SqlTime;

/**
 * A sale as the database keeps it.
 *
 * @param sale as last read; null before the first reading
 * @param postingLocationId null until its units were first held back
 * @param imported the sale as it was when its order was made; null before
 * @param creatingFor how long ago an order was asked for, by the database's clock; null where none was
 * @param cancelling why the store's order is being cancelled; null where it is not
 * @param tipsIncluded whether tips are part of its order; null where none was asked for
 * @param acknowledgedHash its content when a person dismissed the order's problem; null where none did
 * @param missingSince since when the till does not show it; null where it does
 * @param lookAt when it is to be read; null: when something is told of it
 * @param unread whether something was told of it since it was read
 * @param restock the rule in force when the till first gave something back; null where it did not
 */
record SaleRow(UUID id, UUID storeId, UUID channelId, String shopDomain, String merchantId, String posOrderId, boolean credit,
        SaleStatus status, SaleStock stock, String reasonCode, String reason, String problemCode, String problem,
        String stockProblem, String shipmentProblem, boolean dismissed, Sale sale, String contentHash, boolean paid,
        Instant createdAt,
        Duration unchangedFor, int looks,
        int attempts, String postingLocationId, boolean postsStock, int revision, Duration creatingFor, int emptyLookups,
        Order order, Sale imported, List<LineOrigin> importedLines, Instant now, String cancelling, Restock restock,
        Boolean tipsIncluded, String acknowledgedHash, Instant missingSince, Instant lookAt, boolean unread) {

    /**
     * The store's order.
     *
     * @param id null where there is none
     * @param paid whether it stands as paid there
     * @param cancelJob the job that cancels it; null where none is under way
     */
    record Order(String id, String name, BigDecimal total, boolean paid, boolean cancelled, String cancelJob) {}

    boolean inStore() {
        return order.id() != null;
    }

    /** What the store finds the order by: the till's order id, with a suffix where an earlier order of the sale was cancelled. */
    String identity() {
        return revision == 0 ? posOrderId : posOrderId + "-" + (revision + 1);
    }

    /** Of the journal: the sale's whole story. */
    String subject() {
        return "order:" + posOrderId;
    }

    static SaleRow of(Row row) {
        Boolean storePaid = row.getBoolean("store_paid");
        return new SaleRow(row.getUUID("id"), row.getUUID("store_id"), row.getUUID("channel_id"), row.getString("shop_domain"),
                row.getString("merchant_id"), row.getString("pos_order_id"), "CREDIT".equals(row.getString("kind")),
                SaleStatus.valueOf(row.getString("status")), SaleStock.valueOf(row.getString("stock")),
                row.getString("reason_code"), row.getString("reason"), row.getString("problem_code"), row.getString("problem"),
                row.getString("stock_problem"), row.getString("shipment_problem"),
                row.getBoolean("dismissed"), SaleJson.read(row.getJsonObject("document"), Sale.class),
                row.getString("content_hash"), row.getBoolean("paid"), SqlTime.instant(row, "pos_created_at"),
                Duration.between(SqlTime.instant(row, "changed_at"), SqlTime.instant(row, "now")), row.getInteger("looks"),
                row.getInteger("attempts"), row.getString("posting_location_id"), row.getBoolean("posts_stock"),
                row.getInteger("revision"), since(row, "creating_at"), row.getInteger("empty_lookups"),
                new Order(row.getString("store_order_id"), row.getString("store_order_name"), row.getBigDecimal("store_total"),
                        Boolean.TRUE.equals(storePaid), row.getBoolean("store_cancelled"), row.getString("cancel_job")),
                SaleJson.read(row.getJsonObject("imported_document"), Sale.class),
                SaleJson.origins(row.getJsonArray("imported_lines")), SqlTime.instant(row, "now"),
                row.getString("cancelling"),
                row.getString("restock") == null ? null : Restock.valueOf(row.getString("restock")),
                row.getBoolean("tips_included"), row.getString("acknowledged_hash"), SqlTime.instant(row, "missing_since"),
                SqlTime.instant(row, "look_at"), row.getBoolean("unread"));
    }

    private static Duration since(Row row, String column) {
        Instant at = SqlTime.instant(row, column);
        return at == null ? null : Duration.between(at, SqlTime.instant(row, "now"));
    }
}
