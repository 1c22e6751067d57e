package dev.tillbridge.clover;

import java.time.Instant;
import java.util.List;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;

import dev.tillbridge.channel.ItemPage;

/** Streams a till's items page by page; {@link ItemPaging} decides which. */
final class ItemReader {

    /** Clover's largest page. */
    static final int PAGE = 1000;

    private final CloverTill till;
    private final Uni<Instant> clock;
    private final Lane lane;

    ItemReader(CloverTill till, Uni<Instant> clock, Lane lane) {
        this.till = till;
        this.clock = clock;
        this.lane = lane;
    }

    Multi<ItemPage> read(Instant modifiedSince) {
        Long since = modifiedSince == null ? null : modifiedSince.toEpochMilli();
        return Multi.createBy().repeating()
                .uni(() -> new Position(ItemPaging.start(since, PAGE)), this::page)
                .whilst(Read::more)
                .map(Read::page);
    }

    private Uni<Read> page(Position position) {
        return till.items(lane, CloverOperation.READ_ITEMS, position.paging.query(), clock, this::fetched).chain(fetched -> {
            ItemPaging.Step step = position.paging.next(fetched.rows());
            position.paging = step.next();
            return step.fresh() == null
                    ? page(position)
                    : Uni.createFrom().item(new Read(
                            ItemMapper.page(step.fresh(), fetched.asOf(), fetched.vendorTime()), step.next() != null));
        });
    }

    private Fetched fetched(Instant asOf, CloverAnswer answer) {
        return new Fetched(rows(till.answers(), CloverOperation.READ_ITEMS, answer), asOf,
                till.answers().date(CloverOperation.READ_ITEMS, answer));
    }

    /** The rows of a list of items, each with its id. */
    static List<CloverWire.Item> rows(CloverAnswers answers, CloverOperation operation, CloverAnswer answer) {
        List<CloverWire.Item> rows = answers.parse(operation, answer, CloverWire.Items.class).elements();
        if (rows == null || rows.stream().anyMatch(row -> row == null || row.id() == null)) {
            throw answers.invalid(operation, "its elements, or an element's id, are missing", null);
        }
        return rows;
    }

    /** Of one subscription. */
    private static final class Position {

        private ItemPaging paging;

        Position(ItemPaging paging) {
            this.paging = paging;
        }
    }

    private record Fetched(List<CloverWire.Item> rows, Instant asOf, Instant vendorTime) {}

    private record Read(ItemPage page, boolean more) {}
}
