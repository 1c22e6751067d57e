package dev.tillbridge.soak;

import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

import com.fasterxml.jackson.databind.JsonNode;

import dev.tillbridge.sync.TwoBooks;
import dev.tillbridge.testing.JsonClient;
import dev.tillbridge.testing.ServiceApi;

/** Opens the shops and tills of a seed in the sandbox, connects them, and waits until all are in step. */
final class Fleet {

    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final int PLENTY = 5_000;
    private static final String CLIENT = "\"clientId\":\"tillbridge-demo-app\",\"clientSecret\":\"shpss_demo\"";

    private final SoakWorld world;
    private final SoakScale scale;
    private final int seed;
    private final Random random;

    Fleet(SoakWorld world, SoakScale scale, int seed) {
        this.world = world;
        this.scale = scale;
        this.seed = seed;
        this.random = new Random(seed * 7_919L);
    }

    List<FleetStore> open() {
        List<FleetStore> stores = new ArrayList<>();
        for (int number = 0; number < scale.stores(); number++) {
            int tills = scale.channels() / scale.stores() + (number < scale.channels() % scale.stores() ? 1 : 0);
            stores.add(open(number, tills));
        }
        stores.forEach(store -> store.tills().forEach(till -> turnOn(store, till)));
        new Hooks(world).open(stores, new Random(seed * 53L));
        stores.forEach(store -> await("all is in step before the trade begins").atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(300)).until(() -> FleetCheck.tills(world.sandbox(), store) == null));
        return stores;
    }

    /** Disconnects all, so that nothing of it is left to the next seed. */
    static void close(SoakWorld world, List<FleetStore> stores) {
        JsonClient api = world.replicas().api(0).http();
        for (FleetStore store : stores) {
            store.tills().forEach(till -> delete(api, ServiceApi.path(till.channel())));
            delete(api, "/api/v1/stores/" + store.id());
        }
        if (!world.sandbox().control("POST", "/reset", "{}").isObject()) {
            throw new IllegalStateException("The sandbox was not emptied");
        }
    }

    private static void delete(JsonClient api, String path) {
        if (!api.call("DELETE", path, null).isObject()) {
            throw new IllegalStateException(path + " was not deleted");
        }
    }

    private FleetStore open(int number, int count) {
        String domain = "soak-" + seed + "-" + number + ".myshopify.com";
        control("POST", "/shopify/shops", "{\"domain\":\"" + domain + "\"}");
        List<String> merchants = new ArrayList<>();
        int catalogue = seed * 1_000 + number;
        String seeded = "\"seed\":" + catalogue + ",\"variants\":" + scale.variants() + ",\"perUnit\":"
                + scale.variants() / 4 + ",\"locations\":1";
        control("POST", "/seed", "{\"sides\":[\"shopify\"],\"shop\":\"" + domain + "\"," + seeded + "}");
        for (int till = 0; till < count; till++) {
            String merchant = control("POST", "/clover/merchants", "{\"name\":\"Till " + number + "-" + till + "\"}")
                    .path("id").asText();
            control("POST", "/seed", "{\"sides\":[\"clover\"],\"merchantId\":\"" + merchant + "\"," + seeded + "}");
            merchants.add(merchant);
        }
        control("GET", "/state?shop=" + domain + "&merchantId=" + merchants.get(0), null).path("stock")
                .forEach(row -> control("POST", "/shopify/levels", String.format(Locale.ROOT,
                        "{\"shop\":\"%s\",\"sku\":\"%s\",\"available\":%d}", domain, row.path("sku").asText(), PLENTY)));
        return connect(domain, number, merchants);
    }

    private FleetStore connect(String domain, int number, List<String> merchants) {
        // Each through another replica: what one is told the others must see.
        JsonClient api = world.replicas().api(number % world.replicas().count()).http();
        String store = api.call("POST", "/api/v1/stores", "{\"shopDomain\":\"" + domain + "\","
                + (random.nextBoolean() ? CLIENT : "\"accessToken\":\"shpat_demo\"") + "}").path("id").asText();
        List<FleetStore.Till> tills = new ArrayList<>();
        for (String merchant : merchants) {
            String token = newToken(merchant);
            String channel = api.call("POST", "/api/v1/channels",
                    "{\"storeId\":\"" + store + "\",\"name\":\"Till " + merchant + "\",\"integration\":\"clover\","
                            + "\"region\":\"us\",\"merchantId\":\"" + merchant + "\",\"token\":\"" + token + "\"}")
                    .path("id").asText();
            tills.add(new FleetStore.Till(merchant, token, channel));
        }
        TwoBooks.Choices choices = new TwoBooks.Choices(random.nextBoolean(), random.nextBoolean(),
                List.of("LINES", "NONE", "ALL").get(random.nextInt(3)));
        Map<String, String> types = priceTypes(api, tills.get(0).channel());
        return new FleetStore(domain, store, tills, choices, random.nextInt(4) > 0,
                new TwoBooks(world.sandbox(), domain, merchants),
                types.keySet().stream().filter(sku -> types.get(sku).equals("FIXED")).toList(),
                types.keySet().stream().filter(sku -> types.get(sku).equals("PER_UNIT")).toList());
    }

    String newToken(String merchant) {
        return control("POST", "/clover/tokens", "{\"merchantId\":\"" + merchant + "\"}").path("token").asText();
    }

    /** By SKU, of what was linked at the first sync. */
    private Map<String, String> priceTypes(JsonClient api, String channel) {
        Map<String, String> types = new TreeMap<>();
        await("the first sync links everything").atMost(PATIENCE).pollInterval(Duration.ofMillis(200)).until(() -> {
            for (JsonNode link : api.get(ServiceApi.path(channel) + "/links?status=linked&limit=500").path("items")) {
                types.put(link.at("/variant/sku").asText(), link.at("/item/priceType").asText());
            }
            return types.size() == scale.variants();
        });
        return types;
    }

    private void turnOn(FleetStore store, FleetStore.Till till) {
        String from = Instant.now().minus(Duration.ofDays(1)).truncatedTo(ChronoUnit.DAYS).toString();
        String path = ServiceApi.path(till.channel()) + "/settings";
        JsonClient api = world.replicas().api(0).http();
        try {
            String etag = api.send("GET", path, null).headers().firstValue("ETag").orElseThrow();
            api.call("PUT", path, String.format(Locale.ROOT, """
                    {"uniqueIdentifier":"SKU","inventorySync":{"enabled":%b,"safetyStock":%d},
                     "orderSync":{"enabled":true,"skipUnpaid":%b,"tips":"%s","refundRestock":"%s","importFrom":"%s",
                     "adjustStockFrom":"%s"}}""", store.inventory(), FleetStore.SAFETY, store.choices().skipUnpaid(),
                    store.choices().tips() ? "INCLUDE" : "OMIT", store.choices().refundRestock(), from, from), "If-Match",
                    etag);
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private JsonNode control(String method, String path, String body) {
        return world.sandbox().control(method, path, body);
    }
}
