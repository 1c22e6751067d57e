package dev.tillbridge.clover;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

import dev.tillbridge.channel.ConnectorException;

/**
 * Where a read of items stands, and what to ask for next. Clover's lists have no cursor and no total, only an offset, which
 * shifts when rows come or go meanwhile (docs.clover.com/docs/paginating-elements). So that no row that is there all the
 * time is ever skipped:
 * <ul>
 * <li>By id (everything, or all of one timestamp), each page begins with the last row of the page before. If none of that
 * page's rows is in the next one, rows before it were deleted: it steps back and reads again.</li>
 * <li>By modifiedTime, the next page begins at the last timestamp without an offset: a row changed meanwhile moves to the
 * end, where it is still to come. A timestamp that fills a page is read by id.</li>
 * </ul>
 * Only the ids of one page are kept. A row that changes during the read may come twice.
 *
 * @param at the timestamp the mode is about, epoch milliseconds
 * @param known ids of rows already given that the next page may repeat
 * @param back how often this page was stepped back from
 * @param restarts how often a read by id began anew
 */
record ItemPaging(Mode mode, long at, int offset, int limit, Set<String> known, int back, int restarts) {

    private static final int MOST_RESTARTS = 3;

    /** @param since inclusive, epoch milliseconds; null reads everything */
    static ItemPaging start(Long since, int limit) {
        return since == null
                ? new ItemPaging(Mode.ALL, 0, 0, limit, Set.of(), 0, 0)
                : new ItemPaging(Mode.SINCE, since, 0, limit, Set.of(), 0, 0);
    }

    ItemQuery query() {
        return switch (mode) {
            case ALL -> new ItemQuery(null, "id ASC", limit, offset);
            case TIE -> new ItemQuery("modifiedTime=" + at, "id ASC", limit, offset);
            case SINCE -> new ItemQuery("modifiedTime>=" + at, "modifiedTime ASC", limit, 0);
            case AFTER -> new ItemQuery("modifiedTime>" + at, "modifiedTime ASC", limit, 0);
        };
    }

    /**
     * Takes the page that {@link #query} was answered with.
     *
     * @throws ConnectorException.Transient {@code incomplete-read} where the read cannot be made whole
     */
    Step next(List<CloverWire.Item> page) {
        return mode == Mode.ALL || mode == Mode.TIE ? byId(page) : byTime(page);
    }

    private Step byId(List<CloverWire.Item> page) {
        int overlap = known.isEmpty() ? 0 : overlap(page);
        if (overlap < 0) {
            return again(offset == 0 ? restarted() : steppedBack());
        }
        List<CloverWire.Item> fresh = page.subList(overlap, page.size()).stream()
                .filter(row -> !known.contains(row.id())).toList();
        if (page.size() >= limit) {
            return new Step(fresh, new ItemPaging(mode, at, offset + page.size() - 1, limit, ids(page), 0, restarts));
        }
        return new Step(fresh,
                mode == Mode.ALL ? null : new ItemPaging(Mode.AFTER, at, 0, limit, Set.of(), 0, restarts));
    }

    private int overlap(List<CloverWire.Item> page) {
        for (int i = 0; i < page.size(); i++) {
            if (known.contains(page.get(i).id())) {
                return i;
            }
        }
        return -1;
    }

    /** By 1, 10, 100, … rows: mostly few were deleted. */
    private ItemPaging steppedBack() {
        long step = Math.round(Math.pow(10, back));
        return new ItemPaging(mode, at, (int) Math.max(0, offset - step), limit, known, back + 1, restarts);
    }

    /** Even the beginning of the list shows nothing known: all rows of the page before are gone. */
    private ItemPaging restarted() {
        if (restarts >= MOST_RESTARTS) {
            throw incomplete("the till's items changed faster than they could be read");
        }
        return new ItemPaging(mode, at, 0, limit, Set.of(), 0, restarts + 1);
    }

    private Step byTime(List<CloverWire.Item> page) {
        long before = at;
        for (CloverWire.Item row : page) {
            if (row.modifiedTime() == null || row.modifiedTime() < before) {
                throw incomplete("Clover did not order them by modifiedTime");
            }
            before = row.modifiedTime();
        }
        if (page.size() >= limit && page.get(0).modifiedTime() == before) {
            return again(new ItemPaging(Mode.TIE, before, 0, limit, Set.of(), 0, restarts));
        }
        List<CloverWire.Item> fresh = page.stream().filter(row -> !known.contains(row.id())).toList();
        long last = before;
        return new Step(fresh, page.size() < limit
                ? null
                : new ItemPaging(Mode.SINCE, last, 0, limit,
                        ids(page.stream().filter(row -> row.modifiedTime() == last).toList()), 0, restarts));
    }

    private static Step again(ItemPaging next) {
        return new Step(null, next);
    }

    private static Set<String> ids(List<CloverWire.Item> rows) {
        Set<String> ids = new HashSet<>();
        rows.forEach(row -> ids.add(row.id()));
        return ids;
    }

    private static ConnectorException incomplete(String why) {
        return new ConnectorException.Transient("incomplete-read",
                "The read of Clover's items could not be made whole: " + why + ". It is begun again later.", false, null);
    }

    enum Mode {
        /** Everything, by id. */
        ALL,
        /** From a timestamp on, by modifiedTime. */
        SINCE,
        /** All of one timestamp, by id. */
        TIE,
        /** Past a timestamp that was read by id, by modifiedTime. */
        AFTER
    }

    /**
     * @param fresh the page's rows that were not given before; null where the page must be asked for again
     * @param next where to go on; null at the end
     */
    record Step(List<CloverWire.Item> fresh, ItemPaging next) {}
}
