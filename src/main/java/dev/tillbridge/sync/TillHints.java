package dev.tillbridge.sync;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import jakarta.enterprise.context.ApplicationScoped;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;

import dev.tillbridge.catalog.CatalogRepository;
import dev.tillbridge.catalog.Item;
import dev.tillbridge.catalog.StoredRows;
import dev.tillbridge.channel.ChannelDirectory;
import dev.tillbridge.channel.ConnectedChannel;
import dev.tillbridge.channel.ItemPage;
import dev.tillbridge.channel.PointOfSale;
import dev.tillbridge.channel.TillConnection;
import dev.tillbridge.channel.UnusableRow;
import dev.tillbridge.channel.WebhookHint;
import dev.tillbridge.order.SaleIntake;
import dev.tillbridge.order.SaleMention;
import dev.tillbridge.order.SalePage;
import dev.tillbridge.platform.Pass;

/** Reads by their ids what a till's webhooks hinted at; sales are then read by the stream of sales. */
@ApplicationScoped
class TillHints {

    private static final int AT_ONCE = 3;

    private final ChannelDirectory directory;
    private final CatalogRepository catalog;
    private final SaleIntake intake;

    TillHints(ChannelDirectory directory, CatalogRepository catalog, SaleIntake intake) {
        this.directory = directory;
        this.catalog = catalog;
        this.intake = intake;
    }

    private record Till(ConnectedChannel channel, PointOfSale pos, TillConnection connection) {}

    /**
     * @param stored told of what was stored
     * @param found told where sales are to be read
     */
    Uni<Void> read(Pass pass, ConnectedChannel channel, WebhookHint.Kind kind, List<String> ids, Consumer<StoredRows> stored,
            Runnable found) {
        boolean sales = kind == WebhookHint.Kind.SALE || kind == WebhookHint.Kind.PAYMENT;
        if (sales && !channel.settings().orderSync().enabled()) {
            return Uni.createFrom().voidItem();
        }
        return directory.tillConnection(channel.id())
                .map(connection -> new Till(channel, directory.pointOfSale(channel.integration()), connection))
                .chain(till -> switch (kind) {
                    case SALE -> sales(pass, till, ids, found);
                    case PAYMENT -> payments(pass, till, ids, found);
                    case ITEM -> items(pass, till, ids, stored);
                    case LEVEL, PRODUCT, INVENTORY_ITEM, ORDER, SHOP -> Uni.createFrom()
                            .failure(new IllegalStateException(kind + " is a store's"));
                });
    }

    private record Asked(String id, SaleMention mention) {}

    /** What the till does not have is read again where it is known: it was deleted. */
    private Uni<Void> sales(Pass pass, Till till, List<String> ids, Runnable found) {
        return asked(ids, id -> till.pos().saleMention(till.connection(), id)).chain(asked -> {
            List<String> absent = asked.stream().filter(each -> each.mention() == null).map(Asked::id).toList();
            return take(pass, till, asked.stream().map(Asked::mention).filter(Objects::nonNull).toList())
                    .chain(news -> intake.again(pass.fence(), till.channel().id(), absent).map(again -> news + again));
        }).invoke(news -> told(news, found)).replaceWithVoid();
    }

    private Uni<Void> payments(Pass pass, Till till, List<String> ids, Runnable found) {
        return asked(ids, id -> till.pos().paymentMention(till.connection(), id))
                .chain(payments -> asked(sales(payments), id -> till.pos().saleMention(till.connection(), id))
                        .chain(sales -> take(pass, till, Stream.concat(sales.stream(), payments.stream()).map(Asked::mention)
                                .filter(Objects::nonNull).toList())))
                .invoke(news -> told(news, found)).replaceWithVoid();
    }

    private static List<String> sales(List<Asked> payments) {
        return payments.stream().map(Asked::mention).filter(Objects::nonNull).map(SaleMention::saleId).distinct().toList();
    }

    private interface Question {
        Uni<SaleMention> of(String id);
    }

    private static Uni<List<Asked>> asked(List<String> ids, Question question) {
        return Multi.createFrom().iterable(ids)
                .onItem().transformToUni(id -> question.of(id).map(mention -> new Asked(id, mention)))
                .merge(AT_ONCE).collect().asList();
    }

    private Uni<Integer> take(Pass pass, Till till, List<SaleMention> mentions) {
        return mentions.isEmpty()
                ? Uni.createFrom().item(0)
                : directory.store(till.channel().storeId())
                        .chain(store -> intake.take(pass.fence(), store, till.channel(), new SalePage(mentions, null, null)))
                        .invoke(news -> pass.count("sales-found", news));
    }

    private static void told(int news, Runnable found) {
        if (news > 0) {
            found.run();
        }
    }

    /** A read by id is no page that could have skipped one: what it lacks is not there any more. */
    private Uni<Void> items(Pass pass, Till till, List<String> ids, Consumer<StoredRows> stored) {
        return Multi.createFrom().iterable(ids).group().intoLists().of(PointOfSale.CHUNK)
                .onItem().transformToUniAndConcatenate(some -> till.pos().readItems(till.connection(), some)
                        .chain(page -> catalog.storeItems(pass.fence(), till.channel().id(), whole(page, some)))
                        .invoke(stored))
                .collect().last().replaceWithVoid();
    }

    private static ItemPage whole(ItemPage page, List<String> asked) {
        Set<String> there = Stream.concat(page.items().stream().map(Item::id), page.unusable().stream().map(UnusableRow::id))
                .collect(Collectors.toSet());
        List<String> gone = new ArrayList<>(asked);
        gone.removeAll(there);
        return new ItemPage(page.items(), gone, page.asOf(), page.vendorTime(), page.unusable());
    }
}
