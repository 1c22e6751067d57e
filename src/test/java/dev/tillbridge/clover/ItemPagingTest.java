package dev.tillbridge.clover;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;

import org.junit.jupiter.api.Test;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

import dev.tillbridge.channel.ConnectorException;

class ItemPagingTest {

    /** A till whose items come, go and change between two pages; id and modifiedTime of each. */
    private final TreeMap<String, Long> till = new TreeMap<>();
    private final Set<String> untouched = new HashSet<>();
    private long clock = 1000;
    private int ids;

    private void add(Random random) {
        till.put(String.format("%08X%05d", random.nextInt(), ids++), clock);
    }

    private void fill(Random random, int items, int timestamps) {
        for (int i = 0; i < items; i++) {
            clock = 1000L + random.nextInt(timestamps) * 1000L;
            add(random);
        }
        clock = 1000L + timestamps * 1000L;
        untouched.addAll(till.keySet());
    }

    private void disturb(Random random, int most) {
        for (int i = random.nextInt(most + 1); i > 0 && !till.isEmpty(); i--) {
            List<String> all = new ArrayList<>(till.keySet());
            String id = all.get(random.nextInt(all.size()));
            int what = random.nextInt(3);
            if (what == 0) {
                untouched.remove(id);
                till.remove(id);
            } else if (what == 1) {
                add(random);
            } else {
                clock += 1000;
                till.put(id, clock);
            }
        }
    }

    private List<CloverWire.Item> answer(ItemQuery query) {
        String filter = query.filter();
        Comparator<String> order = query.orderBy().startsWith("id")
                ? Comparator.naturalOrder()
                : Comparator.comparing(till::get);
        return till.keySet().stream()
                .filter(id -> filter == null || matches(filter, till.get(id)))
                .sorted(order).skip(query.offset()).limit(query.limit())
                .map(id -> new CloverWire.Item(id, null, null, null, null, null, null, null, null, till.get(id), null, null))
                .toList();
    }

    private static boolean matches(String filter, long time) {
        if (filter.startsWith("modifiedTime>=")) {
            return time >= Long.parseLong(filter.substring(14));
        }
        return filter.startsWith("modifiedTime>")
                ? time > Long.parseLong(filter.substring(13))
                : time == Long.parseLong(filter.substring(13));
    }

    private Set<String> read(Long since, Random random, int mostChanges) {
        Set<String> seen = new HashSet<>();
        ItemPaging paging = ItemPaging.start(since, 10);
        for (int requests = 0; paging != null; requests++) {
            assertThat(requests).as("requests").isLessThan(2000);
            ItemPaging.Step step = paging.next(answer(paging.query()));
            if (step.fresh() != null) {
                step.fresh().forEach(row -> seen.add(row.id()));
            }
            paging = step.next();
            if (requests < 40) {
                disturb(random, mostChanges);
            }
        }
        return seen;
    }

    @Property(tries = 80)
    void aFullReadSkipsNoRowThatIsThereAllTheTime(@ForAll long seed, @ForAll @IntRange(max = 150) int items,
            @ForAll @IntRange(max = 12) int changes) {
        Random random = new Random(seed);
        fill(random, items, 3);

        try {
            Set<String> seen = read(null, random, changes);
            assertThat(seen).containsAll(untouched);
        } catch (ConnectorException.Transient failure) {
            // Refusing is right where a whole page vanished each time, and only there.
            assertThat(failure.code()).isEqualTo("incomplete-read");
            assertThat(changes).isGreaterThan(4);
        }
    }

    @Property(tries = 80)
    void aReadOfChangesSkipsNoneWhetherTimestampsFillPagesOrNot(@ForAll long seed, @ForAll @IntRange(max = 150) int items,
            @ForAll @IntRange(min = 1, max = 40) int timestamps, @ForAll @IntRange(max = 4) int changes) {
        Random random = new Random(seed);
        fill(random, items, timestamps);

        assertThat(read(1000L, random, changes)).containsAll(untouched);
    }

    @Test
    void withoutChangesEachRowIsGivenOnce() {
        fill(new Random(1), 95, 1);
        List<String> given = new ArrayList<>();
        int requests = 0;
        for (ItemPaging paging = ItemPaging.start(null, 10); paging != null; requests++) {
            ItemPaging.Step step = paging.next(answer(paging.query()));
            step.fresh().forEach(row -> given.add(row.id()));
            paging = step.next();
        }
        assertThat(given).containsExactlyElementsOf(till.keySet());
        assertThat(requests).isEqualTo(11);
    }

    @Test
    void aListThatIsNotInOrderIsNoCompleteRead() {
        List<CloverWire.Item> page = List.of(item("A", 3000L), item("B", 2000L));

        assertThatThrownBy(() -> ItemPaging.start(1000L, 10).next(page))
                .isInstanceOfSatisfying(ConnectorException.Transient.class,
                        failure -> assertThat(failure.code()).isEqualTo("incomplete-read"));
    }

    private static CloverWire.Item item(String id, long time) {
        return new CloverWire.Item(id, null, null, null, null, null, null, null, null, time, null, null);
    }
}
