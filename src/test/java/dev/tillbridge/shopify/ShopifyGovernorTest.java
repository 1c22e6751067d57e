package dev.tillbridge.shopify;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;

import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.helpers.test.UniAssertSubscriber;
import io.smallrye.mutiny.subscription.UniEmitter;

class ShopifyGovernorTest {

    private static final int CONCURRENCY = 4;

    private final FakeTime time = new FakeTime();
    private final ShopifyGovernor governor = new ShopifyGovernor(time, time, CONCURRENCY);
    private final List<String> started = new ArrayList<>();

    @Test
    void theFirstCallWaitsUntilAnEmptyBucketHoldsItsCost() {
        ask("first", 50, Priority.SALES);

        time.advance(Duration.ofMillis(490));
        assertThat(started).isEmpty();
        time.advance(Duration.ofMillis(20));
        assertThat(started).containsExactly("first");
    }

    @Test
    void itFollowsTheBucketThatShopifyReports() {
        settled(new Wire.ThrottleStatus(20000, 19000, 1000));

        ask("dear", 900, Priority.CATALOGUE);

        assertThat(started).containsExactly("dear");
    }

    @Test
    void itLeavesATwentiethOfTheBucketForOthers() {
        settled(new Wire.ThrottleStatus(2000, 120, 100));

        ask("would leave 90", 30, Priority.SALES);
        assertThat(started).isEmpty();

        time.advance(Duration.ofMillis(110));
        assertThat(started).containsExactly("would leave 90");
    }

    @Test
    void aCallDearerThanWhatIsLeftAfterTheReserveStillGoesWithAFullBucket() {
        settled(new Wire.ThrottleStatus(1000, 1000, 100));

        ask("all of it", 1000, Priority.CATALOGUE);

        assertThat(started).containsExactly("all of it");
    }

    @Test
    void salesGoBeforeStockBeforePricesBeforeTheCatalogue() {
        ask("catalogue", 100, Priority.CATALOGUE);
        ask("prices", 100, Priority.PRICES);
        ask("stock", 100, Priority.STOCK);
        ask("sales", 100, Priority.SALES);

        time.advance(Duration.ofSeconds(5));

        assertThat(started).containsExactly("sales", "stock", "prices", "catalogue");
    }

    @Test
    void theCatalogueIsNotStarvedBySalesThatNeverEnd() {
        ask("catalogue", 100, Priority.CATALOGUE);
        for (int second = 0; second < 30; second++) {
            ask("sales", 100, Priority.SALES);
            ask("sales", 100, Priority.SALES);
            time.advance(Duration.ofSeconds(1));
        }

        // Two sales are asked for and one is served each second: only those of its ten seconds of patience go before it.
        assertThat(started.indexOf("catalogue")).as("sales that went before it").isBetween(20, 22);
    }

    @Test
    void noMoreCallsAreUnderWayThanAllowed() {
        settled(new Wire.ThrottleStatus(2000, 2000, 100));
        List<UniEmitter<? super String>> open = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            governor.inTurn(1, Priority.STOCK, turn -> Uni.createFrom().<String>emitter(open::add)).subscribe().with(x -> {
            });
        }
        assertThat(open).hasSize(CONCURRENCY);

        open.get(0).complete("done");
        assertThat(open).hasSize(CONCURRENCY + 1);

        open.get(1).fail(new IllegalStateException("broken"));
        assertThat(open).as("a failed call gives its place back").hasSize(CONCURRENCY + 2);
    }

    @Test
    void aCancelledWaiterLeavesTheQueueAndACancelledCallGivesItsPlaceBack() {
        settled(new Wire.ThrottleStatus(2000, 2000, 100));
        List<UniEmitter<? super String>> open = new ArrayList<>();
        List<UniAssertSubscriber<String>> callers = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            callers.add(governor.inTurn(1, Priority.STOCK, turn -> Uni.createFrom().<String>emitter(open::add)).subscribe()
                    .withSubscriber(UniAssertSubscriber.create()));
        }
        callers.get(4).cancel();
        callers.get(0).cancel();

        assertThat(open).hasSize(5);
        open.get(4).complete("the sixth");
        assertThat(callers.get(5).awaitItem().getItem()).isEqualTo("the sixth");
    }

    @Test
    void whileShopifyAsksForQuietNothingIsSent() {
        settled(new Wire.ThrottleStatus(2000, 2000, 100));
        governor.throttled(Duration.ofSeconds(3));

        ask("sales", 1, Priority.SALES);
        ask("person", 1, Priority.INTERACTIVE);
        time.advance(Duration.ofMillis(2900));
        assertThat(started).isEmpty();

        time.advance(Duration.ofMillis(200));
        assertThat(started).containsExactlyInAnyOrder("sales", "person");
    }

    @Test
    void aPersonDoesNotWaitForALongReadButHasOnlyASmallShare() {
        for (int i = 0; i < 5; i++) {
            ask("catalogue", 1000, Priority.CATALOGUE);
        }
        ask("person", 150, Priority.INTERACTIVE);
        assertThat(started).containsExactly("person");

        ask("person again", 150, Priority.INTERACTIVE);
        time.advance(Duration.ofSeconds(9));
        assertThat(started).doesNotContain("person again");
        time.advance(Duration.ofSeconds(2));
        assertThat(started).contains("person again");
    }

    @Test
    void aPersonPaysWhatAQueryCostAndNotWhatItMightHave() {
        for (int i = 0; i < 10; i++) {
            governor.inTurn(150, Priority.INTERACTIVE, turn -> {
                started.add("person");
                turn.settle(new Wire.Cost(150, 10.0, new Wire.ThrottleStatus(2000, 1900, 100)));
                return Uni.createFrom().voidItem();
            }).subscribe().with(done -> {
            });
            time.advance(Duration.ofSeconds(1));
        }
        assertThat(started).hasSize(10);
    }

    @Test
    void overALongRunItSpendsNeitherMoreNorMuchLessThanIsRestored() {
        var start = time.getAsLong();
        for (int i = 0; i < 200; i++) {
            ask("page", 40, Priority.CATALOGUE);
        }
        while (started.size() < 200) {
            time.advance(Duration.ofMillis(50));
        }

        assertThat(time.since(start)).isBetween(Duration.ofSeconds(80), Duration.ofSeconds(81));
    }

    private void ask(String name, double cost, Priority priority) {
        governor.inTurn(cost, priority, turn -> {
            started.add(name);
            return Uni.createFrom().item(name);
        }).subscribe().with(done -> {
        });
    }

    private void settled(Wire.ThrottleStatus status) {
        governor.inTurn(0, Priority.SALES, turn -> {
            turn.settle(new Wire.Cost(0, null, status));
            return Uni.createFrom().voidItem();
        }).subscribe().with(done -> {
        });
    }
}
