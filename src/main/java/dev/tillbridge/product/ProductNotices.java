package dev.tillbridge.product;

import jakarta.enterprise.context.ApplicationScoped;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.SqlClient;

import dev.tillbridge.channel.ConnectedChannel;
import dev.tillbridge.notification.Notice;
import dev.tillbridge.notification.NoticeKind;
import dev.tillbridge.notification.Notices;

/** Tells people of products that wait for them, or failed again and again; over as soon as a product does no more. */
@ApplicationScoped
class ProductNotices {

    /** So often a till has a bad moment; after more somebody should look. */
    private static final int PATIENCE = 5;

    private final Notices notices;
    private final Pool pool;

    ProductNotices(Notices notices, Pool pool) {
        this.notices = notices;
        this.pool = pool;
    }

    Uni<Void> concluded(SqlClient connection, ConnectedChannel channel, ProductFacts facts, Conclusion conclusion) {
        return tells(conclusion)
                ? notices.raise(connection, new Notice(channel.storeId(), channel.id(), NoticeKind.PRODUCT_HELD,
                        subject(facts.productId()), title(facts) + " is not on the till as it should be", conclusion.reason(),
                        "/api/v1/channels/" + channel.id() + "/products?status=ATTENTION"))
                : settled(connection, channel, facts.productId());
    }

    private static boolean tells(Conclusion conclusion) {
        return conclusion.status() == Conclusion.Status.HELD
                || (conclusion.status() == Conclusion.Status.FAILED && conclusion.failures() >= PATIENCE);
    }

    /** It waits no more, or a person had it tried again: if it still waits then, that is told anew. */
    Uni<Void> settled(SqlClient connection, ConnectedChannel channel, String productId) {
        return notices.resolve(connection, channel.id(), NoticeKind.PRODUCT_HELD, subject(productId));
    }

    /** Whether any product of the channel waits. */
    Uni<Boolean> waiting(ConnectedChannel channel) {
        return notices.open(pool, channel.id(), NoticeKind.PRODUCT_HELD);
    }

    /** Products are no longer published. */
    Uni<Void> over(SqlClient connection, ConnectedChannel channel) {
        return notices.resolveAll(connection, channel.id(), NoticeKind.PRODUCT_HELD);
    }

    private static String title(ProductFacts facts) {
        return facts.title() == null ? "Product " + facts.productId() : "\"" + facts.title() + "\"";
    }

    private static String subject(String productId) {
        return "product:" + productId;
    }
}
