package dev.tillbridge.order;

import java.util.Map;

import jakarta.enterprise.context.ApplicationScoped;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlClient;

import dev.tillbridge.notification.Notice;
import dev.tillbridge.notification.NoticeKind;
import dev.tillbridge.notification.Notices;

/** Says in a person's words what is the matter with a sale. Sales of a channel that was disconnected are told to nobody. */
@ApplicationScoped
class SaleNotices {

    private final Notices notices;

    SaleNotices(Notices notices) {
        this.notices = notices;
    }

    Uni<Void> held(SqlClient connection, SaleRow row, String why) {
        return resolve(connection, row, NoticeKind.ORDER_FAILED)
                .chain(() -> raise(connection, row, NoticeKind.ORDER_HELD, name(row) + " waits for you", why));
    }

    Uni<Void> failed(SqlClient connection, SaleRow row, String why) {
        return raise(connection, row, NoticeKind.ORDER_FAILED, name(row) + " could not be brought to the store so far", why);
    }

    Uni<Void> stockRefused(SqlClient connection, SaleRow row, String why) {
        return raise(connection, row, NoticeKind.STOCK_REFUSED, "The stock of " + name(row) + " could not be changed", why);
    }

    Uni<Void> doubled(SqlClient connection, SaleRow row, String cancelled, String kept) {
        return raise(connection, row, NoticeKind.ORDER_DOUBLE, name(row) + " was in the store twice",
                "Order " + cancelled + " was cancelled as a double of " + kept + ". Nothing was given back or restocked");
    }

    /** @param items that went into the store's order as lines without product, with their names; told once each */
    Uni<Void> soldUnlinked(SqlClient connection, SaleRow row, Map<String, String> items) {
        return row.channelId() == null || row.storeId() == null
                ? Uni.createFrom().voidItem()
                : notices.raise(connection, items.entrySet().stream().map(item -> new Notice(row.storeId(), row.channelId(),
                        NoticeKind.ITEM_UNLINKED, "link:item:" + item.getKey(), item.getValue() + " was sold and is not linked",
                        "It is in the store's order as a line without product, and no stock was taken off. Link it to its product.",
                        "/api/v1/channels/" + row.channelId() + "/links?status=till-only")).toList());
    }

    /** Whatever was the matter is over. */
    Uni<Void> settled(SqlClient connection, SaleRow row) {
        return resolve(connection, row, NoticeKind.ORDER_HELD)
                .chain(() -> resolve(connection, row, NoticeKind.ORDER_FAILED));
    }

    Uni<Void> stockSettled(SqlClient connection, SaleRow row) {
        return resolve(connection, row, NoticeKind.STOCK_REFUSED);
    }

    Uni<Void> shipmentSettled(SqlClient connection, SaleRow row) {
        return resolve(connection, row, NoticeKind.SHIPMENT_FAILED);
    }

    private Uni<Void> resolve(SqlClient connection, SaleRow row, NoticeKind kind) {
        return row.channelId() == null
                ? Uni.createFrom().voidItem()
                : notices.resolve(connection, row.channelId(), kind, row.subject());
    }

    private Uni<Void> raise(SqlClient connection, SaleRow row, NoticeKind kind, String title, String why) {
        return row.channelId() == null || row.storeId() == null
                ? Uni.createFrom().voidItem()
                : notices.raise(connection, new Notice(row.storeId(), row.channelId(), kind, row.subject(), title, why,
                        "/api/v1/channels/" + row.channelId() + "/orders/" + row.posOrderId()));
    }

    private static String name(SaleRow row) {
        String what = row.credit() ? "Refund " : "Order ";
        return row.sale() == null
                ? what + row.posOrderId()
                : what + row.posOrderId() + " of " + MinorUnits.text(row.sale().total(), row.sale().currency()) + " "
                        + row.sale().currency();
    }
}
