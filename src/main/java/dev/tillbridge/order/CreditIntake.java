package dev.tillbridge.order;

import java.time.Duration;
import java.util.UUID;

import jakarta.enterprise.context.ApplicationScoped;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;

import dev.tillbridge.channel.ConnectedChannel;
import dev.tillbridge.channel.ConnectedStore;
import dev.tillbridge.platform.SqlTime;

/** Takes in money given back without a sale: a person writes it down in the store, once the till has really given it back. */
@ApplicationScoped
class CreditIntake {

    private static final String TAKE_IN = """
            insert into sale (id, shop_domain, integration, merchant_id, pos_order_id, kind, store_id, channel_id, status, pos_created_at, total,
              currency)
            values (gen_random_uuid(), $1, $2, $3, $4, 'CREDIT', $5, $6, 'SEEN', $7, $8, (select currency from channel where id = $6))
            on conflict (shop_domain, integration, merchant_id, pos_order_id, kind) do update set store_id = excluded.store_id,
              channel_id = excluded.channel_id, total = coalesce(excluded.total, sale.total)
            returning id
            """;

    private static final Verdict WITHOUT_ORDER = new Verdict(SaleStatus.HELD, "refund-without-order",
            "Money was given back at the till without a sale, so there is no order in the store to refund. Write it down in the store by hand, then dismiss this");
    private static final Verdict PENDING = new Verdict(SaleStatus.WAITING, "refund-pending",
            "The till has not finished giving this money back");
    private static final Verdict NOT_RETURNED = new Verdict(SaleStatus.SKIPPED, "refund-not-made",
            "The refund failed or was taken back at the till, so no money was given back");

    private final SaleRepository sales;
    private final SaleStory story;
    private final SaleNotices notices;

    CreditIntake(SaleRepository sales, SaleStory story, SaleNotices notices) {
        this.sales = sales;
        this.story = story;
        this.notices = notices;
    }

    private record Verdict(SaleStatus status, String code, String reason) {

        static Verdict of(SaleMention.Money money) {
            return switch (money) {
                case RETURNED -> WITHOUT_ORDER;
                case PENDING -> PENDING;
                case NOT_RETURNED -> NOT_RETURNED;
            };
        }
    }

    Uni<Void> take(SqlConnection connection, ConnectedStore store, ConnectedChannel channel, SaleMention credit) {
        return connection.preparedQuery(TAKE_IN)
                .execute(Tuple.of(store.shopDomain(), channel.integration(), channel.merchantId(), credit.id())
                        .addUUID(store.id()).addUUID(channel.id()).addOffsetDateTime(SqlTime.of(credit.createdAt()))
                        .addLong(credit.amount()))
                .map(rows -> rows.iterator().next().getUUID("id"))
                .chain(id -> judge(connection, id, Verdict.of(credit.money())));
    }

    private Uni<Void> judge(SqlConnection connection, UUID id, Verdict verdict) {
        return sales.lock(connection, id).chain(row -> {
            if (row.dismissed() || verdict.status() == row.status()) {
                return Uni.createFrom().voidItem();
            }
            // What is held is told of when it is worked on.
            Duration actIn = verdict.status() == SaleStatus.HELD ? Duration.ZERO : null;
            return sales.stands(connection, id, verdict.status(), verdict.code(), verdict.reason(), actIn)
                    .chain(() -> actIn != null
                            ? Uni.createFrom().voidItem()
                            : story.step(connection, row, null, "refund-read", row.status().name(), verdict.status().name(),
                                    verdict.reason()).chain(() -> notices.settled(connection, row)));
        });
    }
}
