package dev.tillbridge.soak;

import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
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

    /** Quarkus's default size of a reactive pool. */
    private static final int POOL = 20;
    /** What a migration may leave open for some minutes. */
    private static final int MIGRATION = 2;

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

    /**
     * Nobody counted anything at a till: each reading is to be explained by sales and by what was written. But for items of sales
     * that were taken back before anybody read them.
     */
    List<String> unexplained() {
        Set<String> gone = stores.stream().flatMap(store -> store.books().itemsOfGone().stream()).collect(Collectors.toSet());
        return world.database().rows("""
                select j.at, c.merchant_id || '/' || substr(j.subject, 7) as item, j.before, j.after, j.cause
                from journal j join channel c on c.id = j.channel_id
                where j.kind = 'recount-opened' and j.store_id = any (?::uuid[]) order by j.id""", ids()).stream()
                .filter(row -> !gone.contains(String.valueOf(row.get("item"))))
                .map(row -> "not explained: " + row).limit(3).toList();
    }

    /**
     * Orders that were made twice, though the younger may be cancelled by now.
     *
     * @param stoodStill whether a replica stood still: what it had checked may have gone out when it woke, and the sweep mends it
     */
    List<String> doubled(boolean stoodStill) {
        List<String> doubled = new ArrayList<>();
        for (FleetStore store : stoodStill ? List.<FleetStore>of() : stores) {
            Map<String, List<JsonNode>> byIdentity = new LinkedHashMap<>();
            world.sandbox().control("GET",
                    "/state?shop=" + store.domain() + "&merchantId=" + store.tills().get(0).merchantId(), null)
                    .path("shopifyOrders")
                    .forEach(order -> byIdentity
                            .computeIfAbsent(order.path("sourceIdentifier").asText(), id -> new ArrayList<>())
                            .add(order));
            byIdentity.forEach((identity, orders) -> {
                if (orders.size() > 1 && !identity.isEmpty() && !identity.equals("null")) {
                    doubled.add("sale " + identity + " was made an order " + orders.size() + " times: " + orders);
                }
            });
        }
        return doubled;
    }

    /** Each store is held by a replica that lives, or is free for whoever asks. */
    List<String> stuckLeases() {
        return world.database()
                .rows("""
                select store_id, owner, fence, held_until, due_at, clock_timestamp() as now from store_lease
                where store_id = any (?::uuid[])
                  and (owner is null or held_until < clock_timestamp()) and due_at < clock_timestamp() - interval '5 seconds'""",
                        ids())
                .stream().map(Object::toString).toList();
    }

    /** Connections of nobody, more than a replica may have, or stuck in a transaction. */
    List<String> leakedConnections() {
        List<String> leaked = new ArrayList<>();
        world.database().rows("""
                select application_name as name, count(*) as connections,
                  count(*) filter (where state like 'idle in transaction%' and state_change < clock_timestamp() - interval '5 seconds')
                    as stuck
                from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()
                group by application_name""").forEach(row -> {
            boolean pooled = String.valueOf(row.get("name")).startsWith("soak-");
            int most = pooled ? POOL : MIGRATION * world.replicas().count();
            if (((Number) row.get("connections")).intValue() > most || ((Number) row.get("stuck")).intValue() > 0) {
                leaked.add("connections: " + row);
            }
        });
        return leaked;
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

    /** MiB in use after a full collection, of all replicas together. */
    long heap() throws InterruptedException {
        long bytes = 0;
        for (int replica = 0; replica < world.replicas().count(); replica++) {
            long pid = world.replicas().get(replica).pid();
            try {
                Process collected = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(),
                        Long.toString(pid), "GC.run")
                        .redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.DISCARD).start();
                if (collected.waitFor() != 0) {
                    throw new IllegalStateException("jcmd does not reach process " + pid);
                }
                JsonClient metrics = new JsonClient(world.replicas().get(replica).base(), null);
                bytes += metrics.send("GET", "/q/metrics", null).body().lines()
                        .filter(line -> line.startsWith("jvm_memory_used_bytes{area=\"heap\""))
                        .mapToLong(line -> (long) Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1))).sum();
            } catch (java.io.IOException e) {
                throw new java.io.UncheckedIOException(e);
            }
        }
        return bytes / (1024 * 1024);
    }

    private Object ids() {
        return "{" + String.join(",", stores.stream().map(FleetStore::id).toList()) + "}";
    }

    private static Stream<JsonNode> stream(JsonNode list) {
        return StreamSupport.stream(list.spliterator(), false);
    }
}
