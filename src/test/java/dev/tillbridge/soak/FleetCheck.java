package dev.tillbridge.soak;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

import com.fasterxml.jackson.databind.JsonNode;

import dev.tillbridge.testing.Controls;
import dev.tillbridge.testing.JsonClient;
import dev.tillbridge.testing.ServiceApi;

/** Whether all of a fleet is as it should be once it is quiet; what is said first is the first divergence. */
final class FleetCheck {

    private static final List<String> UNDER_WAY = List.of("SEEN", "READY", "CREATING", "FAILED", "HELD");
    /** Left to a person only because a vendor failed for long. */
    private static final List<String> WORN_OUT = List.of("attempts-exhausted", "invalid-answer");

    private final SoakWorld world;
    private final SoakScale scale;
    private final List<FleetStore> stores;
    private final JsonClient api;

    FleetCheck(SoakWorld world, SoakScale scale, List<FleetStore> stores) {
        this.world = world;
        this.scale = scale;
        this.stores = stores;
        this.api = world.replicas().api(0).http();
    }

    /**
     * Waits until all books agree and nothing is under way; then what nobody will pay for is taken back at the tills, and all
     * must agree once more, the tills' stock too. Answers by store what does not come to agree.
     */
    Map<FleetStore, String> settle() throws InterruptedException {
        Map<FleetStore, String> open = settle(false);
        if (open.isEmpty()) {
            stores.forEach(store -> store.books().openByTill(store.sold())
                    .forEach((sale, merchant) -> world.sandbox().send("POST",
                            "/clover/voids",
                            "{\"merchantId\":\"" + merchant + "\",\"orderId\":\"" + sale + "\",\"delete\":true}")));
            open = settle(true);
        }
        return open;
    }

    private Map<FleetStore, String> settle(boolean tills) throws InterruptedException {
        long began = System.nanoTime();
        Map<FleetStore, String> open = new LinkedHashMap<>();
        stores.forEach(store -> open.put(store, "not looked at"));
        while (!open.isEmpty() && System.nanoTime() - began < scale.quiet().toNanos()) {
            Thread.sleep(500);
            for (FleetStore store : List.copyOf(open.keySet())) {
                String divergence = divergence(store, tills);
                if (divergence == null) {
                    open.remove(store);
                } else {
                    open.put(store, divergence);
                }
            }
        }
        return open;
    }

    private String divergence(FleetStore store, boolean tills) {
        String books = store.books().divergence(store.sold());
        List<String> more = new ArrayList<>();
        for (FleetStore.Till till : store.tills()) {
            String more1 = more(ServiceApi.path(till.channel()) + "/orders");
            if (more1 != null) {
                more.add("till " + till.merchantId() + ": " + more1);
            }
        }
        if (books != null) {
            return books;
        }
        if (!more.isEmpty()) {
            return more.get(0);
        }
        long hints = world.database().number("select count(*) from webhook_inbox where store_id = ?::uuid", store.id());
        if (hints > 0) {
            return hints + " hints of webhooks are not worked off";
        }
        if (!tills) {
            return null;
        }
        String shown = tills(world.sandbox(), store);
        if (shown != null) {
            settleRecounts(store);
        }
        return shown;
    }

    /** A person's part: what a sale took off that was taken back before anybody read it, a till does not give back by itself. */
    private void settleRecounts(FleetStore store) {
        for (FleetStore.Till till : store.tills()) {
            String recounts = ServiceApi.path(till.channel()) + "/recounts";
            stream(api.get(recounts).path("items")).filter(recount -> recount.path("status").asText().equals("OPEN"))
                    .forEach(recount -> accepted(recounts + "/" + recount.path("itemId").asText(),
                            "{\"resolution\":\"OVERWRITE\"}"));
        }
    }

    /** What is still to be done about sales; a person's part is done here. */
    private String more(String orders) {
        JsonNode counts = api.get(orders + "/counts");
        if (counts.path("HELD").asInt() > 0) {
            WORN_OUT.forEach(reason -> accepted(orders + "/replay",
                    "{\"filter\":{\"status\":\"HELD\",\"reason\":\"" + reason + "\"}}"));
        }
        if (counts.path("PROBLEM").asInt() > 0) {
            paidOtherwise(orders).forEach(sale -> accepted(orders + "/" + sale + "/dismiss",
                    "{\"reason\":\"Paid by another tender\",\"stock\":\"KEEP\"}"));
        }
        return Stream.concat(UNDER_WAY.stream(), Stream.of("PROBLEM"))
                .filter(status -> counts.path(status).asInt() > 0)
                .map(status -> counts.path(status).asInt() + " sales are " + status + ": "
                        + api.get(orders + "?status=" + status + "&limit=3").path("items"))
                .findFirst().orElse(null);
    }

    private void accepted(String path, String body) {
        if (!api.call("POST", path, body).isObject()) {
            throw new IllegalStateException(path + " was not accepted");
        }
    }

    /** Voided and paid anew before the void was seen: the order stands, and a person is told. */
    private List<String> paidOtherwise(String orders) {
        return stream(api.get(orders + "?status=PROBLEM").path("items"))
                .filter(sale -> stream(sale.path("problems")).allMatch(problem -> problem.path("code").asText()
                        .equals("changed-after-import")
                        && problem.path("text").asText().endsWith("after import: the payments changed.")))
                .map(sale -> sale.path("posOrderId").asText()).toList();
    }

    /** The first item that does not show what its till should; null where all do. */
    static String tills(Controls sandbox, FleetStore store) {
        if (!store.inventory()) {
            return null;
        }
        for (FleetStore.Till till : store.tills()) {
            for (JsonNode row : sandbox.send("GET", "/state?shop=" + store.domain() + "&merchantId=" + till.merchantId(), null)
                    .path("stock")) {
                String sku = row.path("sku").asText();
                BigDecimal most = row.path("shopify").decimalValue().subtract(BigDecimal.valueOf(FleetStore.SAFETY))
                        .max(BigDecimal.ZERO);
                // Of what is weighed, less than a unit may be sold and wait for more.
                BigDecimal least = store.measured().contains(sku) ? most.subtract(new BigDecimal("0.999")) : most;
                BigDecimal shown = row.path("clover").isNumber() ? row.path("clover").decimalValue() : null;
                if (shown == null || shown.compareTo(most) > 0 || shown.compareTo(least) < 0) {
                    return "item " + row.path("itemId").asText() + " (" + sku + ") of till " + till.merchantId() + " shows "
                            + shown + " instead of " + most + ", the shop has " + row.path("shopify");
                }
            }
        }
        return null;
    }

    /** What the journal and the sale's own story say of what a divergence names. */
    List<String> story(FleetStore store, String divergence) {
        List<String> story = new ArrayList<>();
        for (FleetStore.Till till : store.tills()) {
            store.sold().stream().filter(divergence::contains).limit(8).forEach(sale -> {
                try {
                    JsonClient.Answer shown = api.send("GET", ServiceApi.path(till.channel()) + "/orders/" + sale, null);
                    if (shown.status() == 200) {
                        story.add("sale " + sale + ": " + shown.json().path("status").asText() + ", "
                                + shown.json().path("problems"));
                        shown.json().path("history").forEach(step -> story.add("  " + step));
                    }
                } catch (java.io.IOException e) {
                    throw new java.io.UncheckedIOException(e);
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                    throw new IllegalStateException(e);
                }
            });
        }
        if (divergence.startsWith("item ")) {
            world.database()
                    .rows("select * from (select * from journal where subject = ? order by id desc limit 30) j order by id",
                            "stock:" + divergence.split(" ", 3)[1])
                    .forEach(row -> story.add("  " + row));
        }
        return story;
    }

    private static Stream<JsonNode> stream(JsonNode list) {
        return StreamSupport.stream(list.spliterator(), false);
    }
}
