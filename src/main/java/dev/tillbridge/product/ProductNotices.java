package dev.tillbridge.product;

import jakarta.enterprise.context.ApplicationScoped;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlClient;

import dev.tillbridge.channel.ConnectedChannel;
import dev.tillbridge.notification.Notice;
import dev.tillbridge.notification.NoticeKind;
import dev.tillbridge.notification.Notices;

/** Tells people of products that wait for them; over as soon as a product waits no more. */
@ApplicationScoped
class ProductNotices {

    private final Notices notices;

    ProductNotices(Notices notices) {
        this.notices = notices;
    }

    Uni<Void> concluded(SqlClient connection, ConnectedChannel channel, ProductFacts facts, Conclusion conclusion) {
        return conclusion.status() == Conclusion.Status.HELD
                ? notices.raise(connection, new Notice(channel.storeId(), channel.id(), NoticeKind.PRODUCT_HELD,
                        subject(facts.productId()), title(facts) + " is not on the till as it should be", conclusion.reason(),
                        "/api/v1/channels/" + channel.id() + "/products?status=HELD"))
                : retried(connection, channel, facts.productId());
    }

    /** A person had it tried again: if it still waits, that is told anew. */
    Uni<Void> retried(SqlClient connection, ConnectedChannel channel, String productId) {
        return notices.resolve(connection, channel.id(), NoticeKind.PRODUCT_HELD, subject(productId));
    }

    private static String title(ProductFacts facts) {
        return facts.title() == null ? "Product " + facts.productId() : "\"" + facts.title() + "\"";
    }

    private static String subject(String productId) {
        return "product:" + productId;
    }
}
