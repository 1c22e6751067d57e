package dev.tillbridge.soak;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import dev.tillbridge.sandbox.behaviour.Switch;

/** One seed: its fleet is connected, traded with under its troubles, checked and disconnected. Whatever goes wrong is a failure of the seed. */
final class SeedPlay {

    private final SoakScale scale;
    private final int seed;
    private final List<String> failed = new ArrayList<>();
    private final long began = System.nanoTime();
    private List<FleetStore> stores = List.of();
    private List<String> told = List.of();
    private String behaviour = "the defaults";
    private Hooks.Outcome webhooks = Hooks.Outcome.NONE;
    private Footprint footprint;
    private int mended;

    SeedPlay(SoakScale scale, int seed) {
        this.scale = scale;
        this.seed = seed;
    }

    /** @param first what was held on to after the first seed in this world; null if this is it */
    void play(SoakWorld world, Footprint first) throws IOException, InterruptedException, ExecutionException {
        stores = new Fleet(world, scale, seed).open();
        behave(world);
        Troubles troubles = new Troubles(world, scale, stores, seed);
        try (FleetTrade trade = new FleetTrade(world.sandbox(), scale)) {
            trade.begin(seed, stores);
            troubles.play();
            trade.end();
        } finally {
            told = troubles.told();
        }
        check(world, troubles);
        webhooks = new Hooks(world).outcome();
        if (failed.isEmpty()) {
            Fleet.close(world, stores);
            world.audit().forget();
            footprint = Footprint.of(world.replicas().get(SoakScale.SPARED));
            failed.addAll(first == null ? List.of() : footprint.grownSince(first));
        }
    }

    private void check(SoakWorld world, Troubles troubles) throws InterruptedException {
        FleetCheck check = new FleetCheck(world, scale, stores);
        check.settle().forEach((store, divergence) -> {
            failed.add("shop " + store.domain() + ": " + divergence);
            failed.addAll(check.story(store, divergence));
        });
        failed.addAll(world.audit().writtenByOthers());
        LeftOver left = new LeftOver(world, stores);
        for (LeftOver.Second doubled : left.doubled()) {
            // That only one of them stands was seen to by the books.
            if (troubles.leaveOpen(doubled.at())) {
                mended++;
            } else {
                failed.add(doubled.toString());
            }
        }
        Stream.of(left.unexplained(), left.stuckLeases(), left.leakedConnections()).forEach(failed::addAll);
    }

    private void behave(SoakWorld world) {
        Random random = new Random(seed * 613L);
        behaviour = Stream.of(Switch.values()).map(each -> "\"" + each.key() + "\":\""
                + each.positions().get(random.nextInt(each.positions().size())) + "\"")
                .collect(Collectors.joining(",", "{", "}"));
        if (!world.sandbox().control("PUT", "/behaviour", behaviour).isObject()) {
            throw new IllegalStateException("The vendors' behaviour was not changed");
        }
    }

    /** The play could not go on. */
    void broken(Throwable cause) {
        StringWriter trace = new StringWriter();
        cause.printStackTrace(new PrintWriter(trace));
        failed.add("the play broke off: " + trace);
    }

    /** Names the seed and the first divergence; empty where all is well. */
    List<String> failure() {
        return failed.isEmpty() ? List.of() : List.of("Seed " + seed + ": " + failed.get(0));
    }

    /** Null unless all went well so far. */
    Footprint footprint() {
        return footprint;
    }

    Hooks.Outcome webhooks() {
        return webhooks;
    }

    /** In one line; after a divergence with all that may explain it. */
    String report() {
        List<String> lines = new ArrayList<>();
        lines.add("Soak seed " + seed + ": " + stores.stream().mapToInt(store -> store.sold().size()).sum() + " sales of "
                + stores.stream().mapToInt(store -> store.tills().size()).sum() + " tills, " + told.size() + " troubles, "
                + webhooks + ", " + mended + " orders doubled by a replica that woke and mended, "
                + (System.nanoTime() - began) / 1_000_000_000 + " s, " + footprint + ": "
                + (failed.isEmpty() ? "all books agree" : "DIVERGED, first: " + failed.get(0)));
        if (!failed.isEmpty()) {
            lines.addAll(failed.subList(1, failed.size()));
            lines.add("What happened: " + told);
            lines.add("Behaviour: " + behaviour);
        }
        return String.join(System.lineSeparator(), lines);
    }
}
