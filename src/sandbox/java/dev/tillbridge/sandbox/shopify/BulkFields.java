package dev.tillbridge.sandbox.shopify;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Starting, watching and cancelling bulk query operations. Counts and sizes are strings (rec). */
final class BulkFields {

    private BulkFields() {}

    static void add(FieldTable table) {
        table.type("QueryRoot", FieldTable.Root.class)
                .with("bulkOperation",
                        (root, arguments, call) -> call.shop().bulk().find(arguments.text("id")).orElse(null))
                .with("bulkOperations", (root, arguments, call) -> operations(arguments, call));
        table.type("Mutation", FieldTable.Root.class)
                .with("bulkOperationRunQuery", (root, arguments, call) -> call.shop().bulk().run(arguments.text("query"), call))
                .with("bulkOperationCancel", (root, arguments, call) -> cancel(arguments.text("id"), call));
        table.type("BulkOperation", BulkOperationRow.class).plain("id", BulkOperationRow::id)
                .plain("type", row -> "QUERY").plain("status", BulkOperationRow::status)
                .plain("errorCode", BulkOperationRow::errorCode).plain("query", BulkOperationRow::query)
                .plain("createdAt", row -> Timestamps.text(row.createdAt()))
                .plain("completedAt", row -> row.underWay() ? null : Timestamps.text(row.completedAt()))
                .plain("objectCount", row -> Long.toString(row.objects()))
                .plain("rootObjectCount", row -> Long.toString(row.roots()))
                .plain("fileSize", row -> row.underWay() || row.bytes() == 0 ? null : Long.toString(row.bytes()))
                .with("url", (row, arguments, call) -> row.status().equals("COMPLETED") ? url(row, call) : null)
                .with("partialDataUrl", (row, arguments, call) -> row.status().equals("FAILED")
                        || row.status().equals("CANCELED") ? url(row, call) : null);
    }

    /** Null where there is nothing to fetch. */
    private static String url(BulkOperationRow row, Call call) {
        return row.bytes() == 0 ? null : call.shop().bulk().url(row);
    }

    private static Listing<BulkOperationRow> operations(Arguments arguments, Call call) {
        List<BulkOperationRow> found = new ArrayList<>();
        call.shop().bulk().all().stream().filter(Filters.bulkOperations(call, arguments.text("query"))).forEach(found::add);
        boolean byEnd = "COMPLETED_AT".equals(arguments.text("sortKey"));
        return Listing.sorted(found, row -> Gid.number("BulkOperation", row.id()),
                row -> byEnd ? row.completedAt() : row.createdAt());
    }

    private static Map<String, Object> cancel(String id, Call call) {
        UserErrors errors = new UserErrors();
        BulkOperationRow row = call.shop().bulk().find(id).orElse(null);
        if (row == null) {
            errors.add(null, "Bulk operation does not exist", "id");
        } else if (!row.underWay()) {
            errors.add(null,
                    "A bulk operation cannot be canceled when it is " + row.status().toLowerCase(java.util.Locale.ROOT),
                    "id");
        } else {
            row.canceling();
        }
        return errors.payload("bulkOperation", row);
    }
}
