package dev.tillbridge.product;

import java.util.List;
import java.util.UUID;

import jakarta.enterprise.context.ApplicationScoped;

import io.smallrye.mutiny.Uni;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;

import dev.tillbridge.channel.ConnectedChannel;
import dev.tillbridge.journal.Journal;
import dev.tillbridge.journal.JournalEntry;
import dev.tillbridge.platform.FencedTransactions;
import dev.tillbridge.platform.Page;
import dev.tillbridge.platform.SqlTime;

/** Lists how it stands with products, and lets persons have one tried again. */
@ApplicationScoped
class ProductList {

    private static final String PAGE = """
                                       select p.*, p.left_out::text as left_text, (select count(*) from till_creation t where t.channel_id = p.channel_id
                                         and t.product_id = p.product_id and t.kind = 'ITEM' and t.till_id is not null) as items
                                       from product_publication p
                                       where p.channel_id = $1 and p.product_id > $2 and ($3::text is null or p.status = $3 or $3 = 'ATTENTION' and p.status in ('HELD', 'FAILED'))
                                         and (not $4::boolean or p.left_out <> '[]')
                                       order by p.product_id limit $5
                                       """;

    private static final String RETRY = """
                                        update product_publication set status = 'OPEN', code = null, reason = null, failures = 0, retry_at = null
                                        where channel_id = $1 and product_id = $2
                                        """;

    private final Pool pool;
    private final FencedTransactions transactions;
    private final Journal journal;
    private final ProductNotices notices;

    ProductList(Pool pool, FencedTransactions transactions, Journal journal, ProductNotices notices) {
        this.pool = pool;
        this.transactions = transactions;
        this.journal = journal;
        this.notices = notices;
    }

    /**
     * @param after the last product of the page before; empty for the first page
     * @param status null for all
     * @param leftOut only those of which something was left out
     */
    Uni<Page<ProductView>> page(UUID channelId, String after, String status, boolean leftOut, int limit) {
        return pool.preparedQuery(PAGE).execute(Tuple.of(channelId, after, status, leftOut, limit + 1)).map(rows -> {
            List<ProductView> found = rows.stream().map(ProductList::view).toList();
            List<ProductView> shown = found.size() > limit ? found.subList(0, limit) : found;
            return new Page<>(shown, found.size() > limit ? shown.get(limit - 1).productId() : null);
        });
    }

    /** Answers whether there is such a product; what may have been made is looked for first. */
    Uni<Boolean> retry(ConnectedChannel channel, String productId, String actor) {
        return transactions.alone(channel.storeId(), connection -> connection.preparedQuery(RETRY)
                .execute(Tuple.of(channel.id(), productId)).chain(rows -> rows.rowCount() == 0
                        ? Uni.createFrom().item(false)
                        : journal.write(connection, new JournalEntry(channel.storeId(), channel.id(), "product:" + productId,
                                "product-retried", null, null, "A person asked to have it tried again", null, actor))
                                .chain(() -> notices.settled(connection, channel, productId)).replaceWith(true)));
    }

    private static ProductView view(Row row) {
        List<ProductView.Left> left = new JsonArray(row.getString("left_text")).stream().map(JsonObject.class::cast)
                .map(each -> new ProductView.Left(each.getString("variantId"), each.getString("code"),
                        each.getString("reason")))
                .toList();
        return new ProductView(row.getString("product_id"), row.getString("title"), row.getString("status"),
                row.getString("code"), row.getString("reason"), row.getString("group_name"), row.getString("category"),
                row.getLong("items").intValue(), left, SqlTime.instant(row, "retry_at"), SqlTime.instant(row, "updated_at"));
    }
}
