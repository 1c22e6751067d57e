package dev.tillbridge.sync;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.jboss.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.path.json.JsonPath;

import dev.tillbridge.sandbox.behaviour.Switch;
import dev.tillbridge.testing.ControlApi;
import dev.tillbridge.testing.SandboxResource;
import dev.tillbridge.testing.TroubledSales;

/**
 * 500 random sales from 20 seeds, while calls fail at random and the vendors behave by chance where their documents leave it
 * open: in the end both books agree. {@code -Dorders.seeds=4} or {@code 4-7} plays some of them.
 */
@QuarkusTest
@TestProfile(TroubledSales.class)
@QuarkusTestResource(SandboxResource.class)
class OrderSeedsTest {

    private static final Logger LOG = Logger.getLogger(OrderSeedsTest.class);
    private static final int SALES = 25;
    private static final Duration SALES_WITHIN = Duration.ofMillis(2_500);
    private static final int MOST_FAILURES = 4;
    private static final Duration SETTLED_WITHIN = Duration.ofSeconds(40);
    private static final List<String> UNDER_WAY = List.of("SEEN", "READY", "CREATING", "FAILED", "HELD");
    /** Left to a person only because a vendor failed for long. */
    private static final List<String> WORN_OUT = List.of("attempts-exhausted", "invalid-answer");

    private Installation shop;
    private TwoBooks books;
    private List<String> pieces;
    private List<String> measured;
    private final List<String> all = new ArrayList<>();

    @AfterEach
    void disconnect() {
        RandomFaults.end();
        Installation.disconnectAll();
        ControlApi.post("/reset", "{}");
    }

    @Test
    void the_books_agree_whatever_failed() throws InterruptedException {
        shop = Installation.of("{\"seed\":7,\"variants\":24,\"perUnit\":6,\"locations\":1}");
        ControlApi.put("/shopify/settings", "{\"searchLagMs\":500,\"jobMs\":200}");
        pieces = skus("FIXED"::equals);
        measured = skus("PER_UNIT"::equals);
        Stream.concat(pieces.stream(), measured.stream()).forEach(sku -> Installation.shopHas(sku, 5_000));
        books = new TwoBooks(ControlApi.shared(), SandboxResource.SHOP, List.of(SandboxResource.MERCHANT));
        List<String> failures = new ArrayList<>();
        for (Played played : seeds()) {
            if (failures.size() < MOST_FAILURES) {
                play(played, failures);
            }
        }
        String last = failures.isEmpty() ? settled(all) : null;
        if (last != null) {
            failures.add("After all seeds: " + last);
        }
        assertThat(failures).isEmpty();
    }

    private void play(Played played, List<String> failures) throws InterruptedException {
        long began = System.nanoTime();
        Random random = played.random();
        TwoBooks.Choices chosen = played.chosen();
        settings(chosen, random.nextInt(3) == 0);
        behave(random);
        new RandomFaults(random).begin();
        List<String> orders = new RandomTrade(ControlApi.shared(), SandboxResource.MERCHANT, random,
                new RandomSale(random, pieces, measured),
                !played.keepsStock(), !chosen.tips()).play(SALES, SALES_WITHIN);
        all.addAll(orders);
        books.sold(orders, chosen);
        RandomFaults.end();
        String divergence = settled(orders);
        if (divergence != null) {
            failures.add("Seed " + played.seed() + ", " + chosen + ": " + divergence);
            forgive();
        }
        LOG.infof("Seed %d took %d ms: %s", played.seed(), (System.nanoTime() - began) / 1_000_000,
                divergence == null ? "the books agree" : divergence);
        // Nobody pays them any more; what was made of them goes, whatever fails meanwhile.
        books.open(orders).forEach(open -> ControlApi.post("/clover/voids", "{\"orderId\":\"" + open + "\",\"delete\":true}"));
    }

    /** Null once the books agree and nothing is under way; the first divergence where that does not come about. */
    private String settled(List<String> orders) throws InterruptedException {
        long began = System.nanoTime();
        String divergence;
        do {
            Thread.sleep(300);
            divergence = books.divergence(orders);
            Map<String, Integer> counts = Installation.admin().get(path() + "/counts").jsonPath().getMap("");
            if (counts.getOrDefault("HELD", 0) > 0) {
                WORN_OUT.forEach(this::replay);
            }
            if (counts.getOrDefault("PROBLEM", 0) > 0) {
                paidOtherwise().forEach(this::dismiss);
            }
            if (divergence == null && UNDER_WAY.stream().anyMatch(status -> counts.getOrDefault(status, 0) > 0)) {
                divergence = "the books agree, but there is more to do: " + counts;
            } else if (divergence == null && counts.getOrDefault("PROBLEM", 0) > 0) {
                divergence = "the books agree, but somebody is to act: " + list("PROBLEM");
            }
        } while (divergence != null && System.nanoTime() - began < SETTLED_WITHIN.toNanos());
        return divergence == null ? null : divergence + story(divergence);
    }

    private void replay(String reason) {
        Installation.admin().body("{\"filter\":{\"status\":\"HELD\",\"reason\":\"" + reason + "\"}}").post(path() + "/replay")
                .then().statusCode(200);
    }

    /**
     * Voided and paid anew before the void was seen: the order stands, the sums are the same, and a person is told, as of any
     * change after the import.
     */
    private List<String> paidOtherwise() {
        return Installation.admin().get(path() + "?status=PROBLEM").jsonPath().getList(
                "items.findAll { it.problems.every { problem -> problem.code == 'changed-after-import'"
                        + " && problem.text.endsWith('after import: the payments changed.') } }.posOrderId");
    }

    private void dismiss(String sale) {
        Installation.admin().body("{\"reason\":\"Paid by another tender\",\"stock\":\"KEEP\"}")
                .post(path() + "/" + sale + "/dismiss").then().statusCode(200);
    }

    /** What was wrong is told once: the seeds after it begin with what they find. */
    private void forgive() {
        Installation.admin().body("{\"filter\":{\"status\":\"HELD\"},\"reason\":\"Told\",\"stock\":\"KEEP\"}")
                .post(path() + "/dismiss").then().statusCode(200);
        books.forgiveStock();
    }

    private String story(String divergence) {
        String stories = all.stream().filter(divergence::contains).map(sale -> {
            JsonPath shown = Installation.admin().get(path() + "/" + sale).jsonPath();
            return "; " + sale + " is " + shown.getString("status") + " " + shown.getString("reason") + " "
                    + shown.getString("problems") + ", its story: "
                    + shown.getList("history.collect { it.kind + ' ' + it.after + ' (' + it.cause + ')' }");
        }).collect(Collectors.joining());
        return stories.isEmpty() ? "; held: " + list("HELD") : stories;
    }

    private List<String> list(String status) {
        return Installation.admin().get(path() + "?status=" + status).jsonPath()
                .getList("items.collect { it.posOrderId + ' ' + it.reason + ' ' + it.problems }");
    }

    private void settings(TwoBooks.Choices chosen, boolean inventory) {
        String from = Instant.now().minus(Duration.ofDays(1)).truncatedTo(ChronoUnit.DAYS).toString();
        shop.settings("{\"enabled\":" + inventory + "}", "{\"enabled\":true,\"skipUnpaid\":" + chosen.skipUnpaid()
                + ",\"tips\":\"" + (chosen.tips() ? "INCLUDE" : "OMIT") + "\",\"refundRestock\":\"" + chosen.refundRestock()
                + "\",\"importFrom\":\"" + from + "\",\"adjustStockFrom\":\"" + from + "\"}");
    }

    private static void behave(Random random) {
        ControlApi.put("/behaviour", Stream.of(Switch.values()).map(each -> "\"" + each.key() + "\":\""
                + each.positions().get(random.nextInt(each.positions().size())) + "\"")
                .collect(Collectors.joining(",", "{", "}")));
    }

    private List<String> skus(Predicate<Object> priceType) {
        return shop.links("linked").stream().filter(link -> priceType.test(((Map<?, ?>) link.get("item")).get("priceType")))
                .map(link -> (String) ((Map<?, ?>) link.get("variant")).get("sku")).sorted().toList();
    }

    private String path() {
        return "/api/v1/channels/" + shop.channel() + "/orders";
    }

    private static List<Played> seeds() {
        String[] range = System.getProperty("orders.seeds", "1-20").split("-", 2);
        return IntStream.rangeClosed(Integer.parseInt(range[0]), Integer.parseInt(range[range.length - 1]))
                .mapToObj(Played::of).toList();
    }

    /** @param random of everything that follows from the seed */
    private record Played(int seed, Random random, TwoBooks.Choices chosen) {

        static Played of(int seed) {
            Random random = new Random(seed * 7_919L);
            return new Played(seed, random, new TwoBooks.Choices(random.nextBoolean(), random.nextBoolean(),
                    List.of("LINES", "NONE", "ALL").get(random.nextInt(3))));
        }

        boolean keepsStock() {
            return chosen.refundRestock().equals("NONE");
        }
    }
}
