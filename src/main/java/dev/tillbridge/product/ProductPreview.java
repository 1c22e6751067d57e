package dev.tillbridge.product;

import java.math.BigDecimal;
import java.util.List;
import java.util.stream.Stream;

import jakarta.enterprise.context.ApplicationScoped;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;

import dev.tillbridge.channel.ChannelDirectory;
import dev.tillbridge.channel.ConnectedChannel;
import dev.tillbridge.channel.PreviewRow;
import dev.tillbridge.channel.StreamPreview;
import dev.tillbridge.product.ProductPlan.PlannedItem;

/** Which items publishing would make, by the plans of the products that are due, and what it would leave out. */
@ApplicationScoped
class ProductPreview implements StreamPreview {

    private static final String KIND = "create";
    private static final int AT_ONCE = 200;

    private final ProductRepository products;
    private final ChannelDirectory directory;

    ProductPreview(ProductRepository products, ChannelDirectory directory) {
        this.products = products;
        this.directory = directory;
    }

    @Override
    public Multi<PreviewRow> rows(SqlConnection connection, ConnectedChannel channel) {
        return !channel.settings().productSync().enabled()
                ? Multi.createFrom().empty()
                : products.identifierRead(connection, channel)
                        .chain(read -> read
                                ? terms(connection, channel)
                                : Uni.createFrom().nullItem())
                        .onItem().transformToMulti(terms -> terms == null
                                ? Multi.createFrom().empty()
                                : due(connection, channel)
                                        .onItem().transformToUniAndConcatenate(id -> rows(connection, channel, id, terms))
                                        .onItem().transformToIterable(rows -> rows));
    }

    private Uni<List<PreviewRow>> rows(SqlConnection connection, ConnectedChannel channel, String productId, Terms terms) {
        return products.facts(connection, channel, productId).chain(facts -> products.made(connection, channel, productId)
                .map(made -> rows(facts, made, ProductPlanning.plan(facts, terms, made), terms)));
    }

    private Uni<Terms> terms(SqlConnection connection, ConnectedChannel channel) {
        return directory.priceTerms(connection, channel.id()).map(prices -> Terms.of(prices, channel.settings().priceSync(),
                directory.pointOfSale(channel.integration()).limits()));
    }

    private Multi<String> due(SqlConnection connection, ConnectedChannel channel) {
        var after = new String[]{ ""};
        return Multi.createBy().repeating().uni(() -> products.due(connection, channel, after[0], AT_ONCE)
                .invoke(ids -> after[0] = ids.isEmpty() ? after[0] : ids.get(ids.size() - 1)))
                .whilst(ids -> ids.size() == AT_ONCE)
                .onItem().transformToIterable(ids -> ids);
    }

    private static List<PreviewRow> rows(ProductFacts facts, Made made, ProductPlan plan, Terms terms) {
        return Stream.concat(plan.items().stream()
                .filter(item -> !made.items().containsKey(item.variantId())).map(item -> made(plan, item, terms)),
                plan.leftOut().stream().map(left -> leftOut(facts, left))).toList();
    }

    private static PreviewRow made(ProductPlan plan, PlannedItem item, Terms terms) {
        String where = plan.shape() == ProductPlan.Shape.GROUP
                ? "An item of the group \"" + plan.groupName() + "\""
                : "An item";
        return new PreviewRow(KIND, item.variantId(), null, item.name(), null,
                BigDecimal.valueOf(item.price(), terms.digits()).toPlainString(),
                where + (plan.category() == null ? "" : ", in the category \"" + plan.category() + "\""), null);
    }

    private static PreviewRow leftOut(ProductFacts facts, LeftOut left) {
        return new PreviewRow(KIND, left.variantId(), null, facts.title(), null, null, left.reason(), left.code());
    }
}
