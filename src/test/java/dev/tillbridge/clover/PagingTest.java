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
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.junit.jupiter.api.Test;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

import dev.tillbridge.channel.ConnectorException;

class PagingTest {

    private static final Pattern FILTER = Pattern.compile("modifiedTime(>=|>|<|=)([0-9]+)");

    /** A till whose items come, go and change between two pages; id and modifiedTime of each. */
    private final TreeMap<String, Long> till = new TreeMap<>();
    private final Set<String> untouched = new HashSet<>();
    private long clock = 1000;
    private int ids;

    private void add(Random random) {
        till.put(String.format("%08X%05d", random.nextInt(), ids++), clock);
    }

    private void fill(Random random, int items, int timestamps) {
        // One instance serves all tries of a property.
        till.clear();
        untouched.clear();
        ids = 0;
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

    private List<CloverWire.Item> answer(ListQuery query) {
        Comparator<String> order = query.orderBy().startsWith("id")
                ? Comparator.naturalOrder()
                : Comparator.comparing(till::get);
        return till.keySet().stream()
                .filter(id -> query.filters().stream().allMatch(filter -> matches(filter, till.get(id))))
                .sorted(order).skip(query.offset()).limit(query.limit())
                .map(id -> item(id, till.get(id)))
                .toList();
    }

    private static boolean matches(String filter, long time) {
        Matcher parts = FILTER.matcher(filter);
        assertThat(parts.matches()).as(filter).isTrue();
        long value = Long.parseLong(parts.group(2));
        return switch (parts.group(1)) {
            case ">=" -> time >= value;
            case ">" -> time > value;
            case "<" -> time < value;
            default -> time == value;
        };
    }

    private static Paging<CloverWire.Item> start(Long since, Long until) {
        return Paging.start("items",
                since == null ? null : new TimeWindow<>("modifiedTime", CloverWire.Item::modifiedTime, since, until), 10);
    }

    private Set<String> read(Paging<CloverWire.Item> begin, Random random, int mostChanges) {
        Set<String> seen = new HashSet<>();
        Paging<CloverWire.Item> paging = begin;
        for (int requests = 0; paging != null; requests++) {
            assertThat(requests).as("requests").isLessThan(2000);
            Paging.Step<CloverWire.Item> step = paging.next(answer(paging.query()));
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
            Set<String> seen = read(start(null, null), random, changes);
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

        assertThat(read(start(1000L, null), random, changes)).containsAll(untouched);
    }

    @Property(tries = 80)
    void aReadUntilATimeGivesWhatIsBeforeItAndNothingElse(@ForAll long seed, @ForAll @IntRange(max = 150) int items,
            @ForAll @IntRange(min = 1, max = 20) int timestamps, @ForAll @IntRange(max = 25) int end) {
        Random random = new Random(seed);
        fill(random, items, timestamps);
        long until = 1000L + end * 1000L;

        Set<String> before = new HashSet<>(till.keySet());
        before.removeIf(id -> till.get(id) >= until);
        assertThat(read(start(1000L, until), random, 0)).isEqualTo(before);
    }

    @Test
    void withoutChangesEachRowIsGivenOnce() {
        fill(new Random(1), 95, 1);
        List<String> given = new ArrayList<>();
        int requests = 0;
        for (Paging<CloverWire.Item> paging = start(null, null); paging != null; requests++) {
            Paging.Step<CloverWire.Item> step = paging.next(answer(paging.query()));
            step.fresh().forEach(row -> given.add(row.id()));
            paging = step.next();
        }
        assertThat(given).containsExactlyElementsOf(till.keySet());
        assertThat(requests).isEqualTo(11);
    }

    @Test
    void aRowThatChangesAfterItWasGivenIsGivenAgain() {
        for (int i = 0; i < 12; i++) {
            till.put("A" + (char) ('A' + i), i < 8 ? 1000L : 2000L);
        }
        Paging.Step<CloverWire.Item> first = start(1000L, null).next(answer(start(1000L, null).query()));
        assertThat(first.fresh()).extracting(CloverWire.Item::id).endsWith("AI", "AJ").hasSize(10);

        till.put("AJ", 3000L);

        assertThat(first.next().next(answer(first.next().query())).fresh()).extracting(CloverWire.Item::id)
                .containsExactly("AK", "AL", "AJ");
    }

    @Test
    void aListThatIsNotInOrderIsNoCompleteRead() {
        List<CloverWire.Item> page = List.of(item("A", 3000L), item("B", 2000L));

        assertThatThrownBy(() -> start(1000L, null).next(page))
                .isInstanceOfSatisfying(ConnectorException.Transient.class,
                        failure -> assertThat(failure.code()).isEqualTo("incomplete-read"));
    }

    private static CloverWire.Item item(String id, long time) {
        return new CloverWire.Item(id, null, null, null, null, null, null, null, null, time, null, null, null, null, null);
    }
}
