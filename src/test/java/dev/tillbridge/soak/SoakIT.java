package dev.tillbridge.soak;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;

/**
 * A fleet is traded with while calls fail, vendors storm and stall, webhooks go astray, replicas are killed and stand still, one's clock
 * is off, the database crashes: once it is quiet, all books agree and nothing is left over. Which of it happens when follows from
 * the seed; a failure names seed and first divergence. See {@link SoakScale} for what can be chosen.
 */
class SoakIT {

    private static final int MOST_FAILURES = 3;

    private final SoakScale scale = SoakScale.fromProperties();
    private final List<String> failures = new ArrayList<>();
    private SoakWorld world;
    private Footprint first;
    private Hooks.Outcome webhooks = Hooks.Outcome.NONE;

    @Test
    void whateverFailsTheBooksAgreeInTheEnd() {
        System.out.println("Soak of seeds " + scale.seeds() + " at " + scale.stores() + " stores, " + scale.channels()
                + " tills; the clock of replica " + scale.wrongClock() + " is off by " + scale.wrongBy());
        try {
            for (int seed : scale.seeds()) {
                if (failures.size() < MOST_FAILURES) {
                    play(seed);
                }
            }
        } finally {
            end();
        }
        assertThat(failures).as("seeds with their first divergence").isEmpty();
        assertThat(webhooks.fromShops()).as("webhooks that came from shops").isPositive();
        assertThat(webhooks.fromTills()).as("webhooks that came from tills").isPositive();
    }

    private void play(int seed) {
        SeedPlay play = new SeedPlay(scale, seed);
        try {
            if (world == null) {
                world = SoakWorld.start("soak", scale);
            }
            play.play(world, first);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            play.broken(e);
        } catch (Exception | AssertionError e) {
            play.broken(e);
        }
        System.out.println(play.report());
        webhooks = webhooks.plus(play.webhooks());
        failures.addAll(play.failure());
        if (!play.failure().isEmpty()) {
            end();
        } else if (first == null) {
            first = play.footprint();
        }
    }

    /** The next seed finds a world as new. */
    private void end() {
        first = null;
        if (world != null) {
            world.close();
            world = null;
        }
    }
}
