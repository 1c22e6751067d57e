package dev.tillbridge.soak;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

import dev.tillbridge.sandbox.behaviour.Switch;

/**
 * A fleet is traded with while calls fail, vendors storm and stall, replicas are killed and stand still, the database crashes: once
 * it is quiet, all books agree and nothing is left over. Which of it happens when follows from the seed; a failure names seed and first
 * divergence. See {@link SoakScale} for what can be chosen.
 */
class SoakIT {

    private static final int MOST_FAILURES = 3;
    /** By so many MiB the replicas' heap may grow from one seed to the last. */
    private static final int FLAT = 24;

    private final SoakScale scale = SoakScale.fromProperties();
    private final List<String> failures = new ArrayList<>();
    private SoakWorld world;
    private long heap = -1;

    @Test
    void whateverFailsTheBooksAgreeInTheEnd() throws Exception {
        try {
            for (int seed : scale.seeds()) {
                if (failures.size() < MOST_FAILURES) {
                    play(seed);
                }
            }
            assertThat(failures).isEmpty();
        } finally {
            end();
        }
    }

    private void play(int seed) throws Exception {
        if (world == null) {
            world = SoakWorld.start(scale);
        }
        long began = System.nanoTime();
        List<String> failed = new ArrayList<>();
        List<FleetStore> stores = new Fleet(world, scale, seed).open();
        behave(new Random(seed * 613L));
        Troubles troubles = new Troubles(world, scale, stores, seed);
        try (FleetTrade trade = new FleetTrade(world.sandbox(), scale)) {
            trade.begin(seed, stores);
            troubles.play();
            trade.end();
            FleetCheck check = new FleetCheck(world, scale, stores);
            check.settle().forEach((store, divergence) -> {
                failed.add("shop " + store.domain() + ": " + divergence);
                failed.addAll(check.story(store, divergence));
            });
            failed.addAll(world.audit().writtenByOthers());
            Stream.of(check.doubled(troubles.outlastsLease()), check.unexplained(), check.stuckLeases(),
                    check.leakedConnections()).forEach(failed::addAll);
            if (failed.isEmpty()) {
                memory(check, failed);
            }
        } catch (RuntimeException | AssertionError e) {
            failed.add(e.toString());
        }
        tell(seed, began, stores, troubles, failed);
        if (failed.isEmpty()) {
            Fleet.close(world, stores);
            world.audit().forget();
        } else {
            failures.add("Seed " + seed + ": " + failed.get(0));
            end();
        }
    }

    private void memory(FleetCheck check, List<String> failed) throws InterruptedException {
        long now = check.heap();
        if (heap >= 0 && now > heap + FLAT) {
            failed.add("memory: the replicas' live heap grew from " + heap + " to " + now + " MiB");
        }
        // The first seed fills what is filled once.
        heap = heap < 0 ? now : heap;
    }

    private void behave(Random random) {
        String drawn = Stream.of(Switch.values()).map(each -> "\"" + each.key() + "\":\""
                + each.positions().get(random.nextInt(each.positions().size())) + "\"")
                .collect(Collectors.joining(",", "{", "}"));
        if (!world.sandbox().control("PUT", "/behaviour", drawn).isObject()) {
            throw new IllegalStateException("The vendors' behaviour was not changed");
        }
    }

    private void tell(int seed, long began, List<FleetStore> stores, Troubles troubles, List<String> failed) {
        List<String> lines = new ArrayList<>();
        lines.add("Soak seed " + seed + ": " + stores.stream().mapToInt(store -> store.sold().size()).sum() + " sales of "
                + stores.stream().mapToInt(store -> store.tills().size()).sum() + " tills, "
                + troubles.told().size() + " troubles, " + (System.nanoTime() - began) / 1_000_000_000 + " s, heap " + heap
                + " MiB: " + (failed.isEmpty() ? "all books agree" : "DIVERGED"));
        if (!failed.isEmpty()) {
            lines.addAll(failed);
            lines.add("What happened: " + troubles.told());
            lines.add("Behaviour: " + Map.of("switches", world.sandbox().control("GET", "/behaviour", null)));
        }
        System.out.println(String.join(System.lineSeparator(), lines));
    }

    private void end() {
        if (world != null) {
            world.close();
            world = null;
            heap = -1;
        }
    }
}
