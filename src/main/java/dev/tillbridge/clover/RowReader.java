package dev.tillbridge.clover;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;

/** Streams one of a till's lists page by page; {@link Paging} decides which. */
final class RowReader<R extends CloverRow> {

    /** Clover's largest page. */
    static final int PAGE = 1000;

    private final CloverTill till;
    private final RowList<R> list;
    private final Uni<Instant> clock;
    private final Lane lane;

    /** @param clock asked before each page */
    RowReader(CloverTill till, RowList<R> list, Uni<Instant> clock, Lane lane) {
        this.till = till;
        this.list = list;
        this.clock = clock;
        this.lane = lane;
    }

    /** For pages whose time of reading does not matter. */
    RowReader(CloverTill till, RowList<R> list, Lane lane) {
        this(till, list, Uni.createFrom().nullItem(), lane);
    }

    /** Everything, each row once, as it was seen last. */
    Uni<List<R>> all() {
        return read(null).onItem().transformToIterable(RowPage::rows)
                .collect().in(LinkedHashMap<String, R>::new, (rows, row) -> rows.put(row.id(), row))
                .map(rows -> List.copyOf(rows.values()));
    }

    /** @param window null reads everything */
    Multi<RowPage<R>> read(TimeWindow<R> window) {
        return Multi.createBy().repeating()
                .uni(() -> new Position<>(Paging.start(list.words(), window, PAGE)), this::page)
                .whilst(Read::more)
                .map(Read::page);
    }

    private Uni<Read<R>> page(Position<R> position) {
        return till.list(lane, list, position.paging.query(), clock, this::fetched).chain(fetched -> {
            Paging.Step<R> step = position.paging.next(fetched.rows());
            position.paging = step.next();
            return step.fresh() == null
                    ? page(position)
                    : Uni.createFrom().item(new Read<>(
                            new RowPage<>(step.fresh(), fetched.asOf(), fetched.vendorTime()), step.next() != null));
        });
    }

    private RowPage<R> fetched(Instant asOf, CloverAnswer answer) {
        List<R> rows = till.answers().rows(list.operation(), answer, list.row());
        return new RowPage<>(rows, asOf, till.answers().date(list.operation(), answer));
    }

    /** Of one subscription. */
    private static final class Position<R extends CloverRow> {

        private Paging<R> paging;

        Position(Paging<R> paging) {
            this.paging = paging;
        }
    }

    private record Read<R>(RowPage<R> page, boolean more) {}
}
