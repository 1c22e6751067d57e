package dev.tillbridge.order;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;

import jakarta.enterprise.context.ApplicationScoped;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;

import dev.tillbridge.channel.ChannelSettings.OrderSync;
import dev.tillbridge.channel.ConnectedChannel;
import dev.tillbridge.platform.FencedTransactions;
import dev.tillbridge.platform.Pass;

/** Keeps what was read of a sale: content, what becomes of it, and its units, in one transaction. */
@ApplicationScoped
class SaleKeeper {

    private final SaleRepository sales;
    private final SaleStory story;
    private final SaleNotices notices;
    private final UnreadSales unread;
    private final FencedTransactions transactions;
    private final OrderConfig config;

    SaleKeeper(SaleRepository sales, SaleStory story, SaleNotices notices, UnreadSales unread,
            FencedTransactions transactions, OrderConfig config) {
        this.sales = sales;
        this.story = story;
        this.notices = notices;
        this.unread = unread;
        this.transactions = transactions;
        this.config = config;
    }

    /** @param read null where the till has no such sale any more */
    Uni<Void> keep(Pass pass, ConnectedChannel channel, SaleRepository.ToRead due, Sale read) {
        return transactions.write(pass.fence(), connection -> sales.lock(connection, due.id())
                .chain(row -> keep(connection, channel, row, read).chain(() -> sales.newsSince(connection, due, row))));
    }

    private Uni<Void> keep(SqlConnection connection, ConnectedChannel channel, SaleRow row, Sale read) {
        if (read == null && row.sale() != null && !surelyGone(row)) {
            return sales.missing(connection, row.id(), config.lookUpAgain());
        }
        Sale sale = read != null ? read : gone(row);
        return sale == null ? neverSeen(connection, row) : known(connection, channel, row, sale);
    }

    /** Its order would be cancelled and its goods go back: one answer is not enough for that. */
    private boolean surelyGone(SaleRow row) {
        return row.missingSince() != null
                && Duration.between(row.missingSince(), row.now()).compareTo(config.lookUpAgain()) >= 0;
    }

    private Uni<Void> known(SqlConnection connection, ConnectedChannel channel, SaleRow row, Sale sale) {
        OrderSync settings = channel.settings().orderSync();
        String hash = SaleHash.of(sale);
        boolean changed = !hash.equals(row.contentHash());
        var known = new SaleJudge.Known(row.status(), row.reasonCode(), row.reason(), row.dismissed(), row.inStore(),
                begun(row),
                changed, changed ? Duration.ZERO : row.unchangedFor(), changed ? 0 : row.looks());
        SaleJudge.Verdict verdict = judge(settings).judge(sale, known);
        boolean postsStock = !sale.createdAt().isBefore(settings.stockFrom());
        Restock restock = row.restock() == null ? Restock.valueOf(settings.refundRestock().name()) : row.restock();
        return sales.read(connection, row.id(), verdict, sale, hash,
                new SaleRepository.Placement(settings.postingLocationId(), postsStock,
                        SaleUnits.givenBack(sale) ? restock : null))
                .chain(() -> row.dismissed()
                        ? Uni.createFrom().voidItem()
                        : units(connection, row, SaleUnits.of(sale, restock, row.paid()), sale, settings, verdict, changed))
                .chain(() -> unread.readAfterAll(connection, row))
                .chain(() -> tell(connection, row, verdict, sale));
    }

    private SaleJudge judge(OrderSync settings) {
        return new SaleJudge(new SaleJudge.Rules(settings.start(), settings.skipUnpaid(), config.quiet(), config.firstLook(),
                config.longestRetry(), config.abandonedAfter()));
    }

    /** A sale that touches stock was made after the start of its time; one that a person replays is judged anew. */
    private static boolean begun(SaleRow row) {
        boolean judged = row.status() != SaleStatus.SEEN && !SaleJudge.BEFORE_START.equals(row.reasonCode());
        return judged || (row.sale() != null && row.postsStock());
    }

    private static Uni<Void> units(SqlConnection connection, SaleRow row, Map<String, SaleUnits.Units> units, Sale sale,
            OrderSync settings, SaleJudge.Verdict verdict, boolean changed) {
        boolean paid = PaidRule.paid(sale);
        Instant lastChange = changed ? row.now() : row.now().minus(row.unchangedFor());
        boolean mayBePaid = !paid && !PaidRule.voided(sale);
        // One that stands in the store as pending is never skipped: what was taken back at the till holds nothing back either way.
        boolean reserves = mayBePaid && verdict.status() != SaleStatus.SKIPPED;
        var wanted = new UnitTable.Wanted(!verdict.leftOut(), mayBePaid,
                paid ? PaidRule.paidAt(sale) : null, reserves ? lastChange.plus(settings.unpaidReservation()) : null);
        return UnitTable.store(connection, row.id(), row.channelId(), units, wanted);
    }

    private Uni<Void> tell(SqlConnection connection, SaleRow row, SaleJudge.Verdict verdict, Sale sale) {
        if (verdict.status() == row.status() && Objects.equals(verdict.reasonCode(), row.reasonCode())) {
            return Uni.createFrom().voidItem();
        }
        String cause = verdict.reason() != null
                ? verdict.reason()
                : "Read from the till: " + sale.lines().size() + " lines, " + MinorUnits.text(sale.total(), sale.currency())
                        + " " + sale.currency();
        return story.step(connection, row, null, "sale-read", row.status().name(), verdict.status().name(), cause)
                .chain(() -> row.status() == SaleStatus.HELD || row.status() == SaleStatus.FAILED
                        ? notices.settled(connection, row)
                        : Uni.createFrom().voidItem());
    }

    /** What the till no longer has was deleted there. */
    private static Sale gone(SaleRow row) {
        return row.sale() == null ? null : row.sale().asDeleted();
    }

    private Uni<Void> neverSeen(SqlConnection connection, SaleRow row) {
        String reason = "A list of the till's told of it, but the till has no such order";
        return sales.absent(connection, row.id(), config.longestRetry(), config.abandonedAfter())
                .chain(() -> row.status() == SaleStatus.SKIPPED
                        ? Uni.createFrom().voidItem()
                        : sales.stands(connection, row.id(), SaleStatus.SKIPPED, "not-found", reason, null)
                                .chain(() -> story.step(connection, row, null, "sale-read", row.status().name(), "SKIPPED",
                                        reason))
                                .chain(() -> notices.settled(connection, row)));
    }
}
