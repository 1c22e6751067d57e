package dev.tillbridge.clover;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

import dev.tillbridge.channel.ConnectorException;

/**
 * Where a read of a list stands, and what to ask for next. Clover's lists have no cursor and no total, only an offset, which
 * shifts when rows come or go meanwhile (docs.clover.com/docs/paginating-elements). So that no row that is there all the
 * time is ever skipped:
 * <ul>
 * <li>By id (everything, or all of one timestamp), each page begins with the last row of the page before. If none of that
 * page's rows is in the next one, rows before it were deleted: it steps back and reads again.</li>
 * <li>By a time, such as modifiedTime, the next page begins at the last timestamp without an offset: a row changed meanwhile
 * moves to the end, where it is still to come. A timestamp that fills a page is read by id.</li>
 * </ul>
 * Only the ids of one page are kept. A row that changes during the read may come twice.
 *
 * @param words what is read, for messages
 * @param window from when until when; null reads everything
 * @param at the timestamp the mode is about, epoch milliseconds
 * @param known ids of rows already given that the next page may repeat
 * @param back how often this page was stepped back from
 * @param restarts how often a read by id began anew
 */
record Paging<R extends CloverRow>(String words, TimeWindow<R> window, Mode mode, long at, int offset, int limit,
        Set<String> known, int back, int restarts) {

    private static final int MOST_RESTARTS = 3;

    /** @param window null reads everything */
    static <R extends CloverRow> Paging<R> start(String words, TimeWindow<R> window, int limit) {
        return window == null
                ? new Paging<>(words, null, Mode.ALL, 0, 0, limit, Set.of(), 0, 0)
                : new Paging<>(words, window, Mode.SINCE, window.since(), 0, limit, Set.of(), 0, 0);
    }

    ListQuery query() {
        return switch (mode) {
            case ALL -> new ListQuery(List.of(), "id ASC", limit, offset);
            case TIE -> new ListQuery(List.of(window.field() + "=" + at), "id ASC", limit, offset);
            case SINCE -> byTime(">=");
            case AFTER -> byTime(">");
        };
    }

    private ListQuery byTime(String operator) {
        List<String> filters = new ArrayList<>();
        filters.add(window.field() + operator + at);
        if (window.until() != null) {
            filters.add(window.field() + "<" + window.until());
        }
        return new ListQuery(filters, window.field() + " ASC", limit, 0);
    }

    private Paging<R> to(Mode then, long time, int start, Set<String> given, int steps, int begun) {
        return new Paging<>(words, window, then, time, start, limit, given, steps, begun);
    }

    /**
     * Takes the page that {@link #query} was answered with.
     *
     * @throws ConnectorException.Transient {@code incomplete-read} where the read cannot be made whole
     */
    Step<R> next(List<R> page) {
        return mode == Mode.ALL || mode == Mode.TIE ? byId(page) : byTime(page);
    }

    private Step<R> byId(List<R> page) {
        int overlap = known.isEmpty() ? 0 : overlap(page);
        if (overlap < 0) {
            return again(offset == 0 ? restarted() : steppedBack());
        }
        List<R> fresh = page.subList(overlap, page.size()).stream()
                .filter(row -> !known.contains(row.id())).toList();
        if (page.size() >= limit) {
            return new Step<>(fresh, to(mode, at, offset + page.size() - 1, ids(page), 0, restarts));
        }
        return new Step<>(fresh,
                mode == Mode.ALL ? null : to(Mode.AFTER, at, 0, Set.of(), 0, restarts));
    }

    private int overlap(List<R> page) {
        for (int i = 0; i < page.size(); i++) {
            if (known.contains(page.get(i).id())) {
                return i;
            }
        }
        return -1;
    }

    /** By 1, 10, 100, … rows: mostly few were deleted. */
    private Paging<R> steppedBack() {
        long step = Math.round(Math.pow(10, back));
        return to(mode, at, (int) Math.max(0, offset - step), known, back + 1, restarts);
    }

    /** Even the beginning of the list shows nothing known: all rows of the page before are gone. */
    private Paging<R> restarted() {
        if (restarts >= MOST_RESTARTS) {
            throw incomplete("they changed faster than they could be read");
        }
        return to(mode, at, 0, Set.of(), 0, restarts + 1);
    }

    private Step<R> byTime(List<R> page) {
        long before = at;
        for (R row : page) {
            Long time = window.time().apply(row);
            if (time == null || time < before) {
                throw incomplete("Clover did not order them by " + window.field());
            }
            before = time;
        }
        if (page.size() >= limit && window.time().apply(page.get(0)) == before) {
            return again(to(Mode.TIE, before, 0, Set.of(), 0, restarts));
        }
        // One given before that has another time by now was changed since.
        List<R> fresh = page.stream().filter(row -> !known.contains(row.id()) || window.time().apply(row) != at).toList();
        long last = before;
        return new Step<>(fresh, page.size() < limit
                ? null
                : to(Mode.SINCE, last, 0, ids(page.stream().filter(row -> window.time().apply(row) == last).toList()), 0,
                        restarts));
    }

    private static <R extends CloverRow> Step<R> again(Paging<R> next) {
        return new Step<>(null, next);
    }

    private static Set<String> ids(List<? extends CloverRow> rows) {
        Set<String> ids = new HashSet<>();
        rows.forEach(row -> ids.add(row.id()));
        return ids;
    }

    private ConnectorException incomplete(String why) {
        return new ConnectorException.Transient("incomplete-read",
                "The read of Clover's " + words + " could not be made whole: " + why + ". It is begun again later.", false,
                null);
    }

    enum Mode {
        /** Everything, by id. */
        ALL,
        /** From a timestamp on, by time. */
        SINCE,
        /** All of one timestamp, by id. */
        TIE,
        /** Past a timestamp that was read by id, by time. */
        AFTER
    }

    /**
     * @param fresh the page's rows that were not given before; null where the page must be asked for again
     * @param next where to go on; null at the end
     */
    record Step<R extends CloverRow>(List<R> fresh, Paging<R> next) {}
}
