package dev.tillbridge.bench;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.HashMap;
import java.util.Map;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import dev.tillbridge.testing.ProcessUsage;

/**
 * What a capable engineer would write in a day and let run by the clock: reads the shop page by page, then the till page by
 * page, and sets each item's stock that differs, one after another, waiting when told to. It remembers nothing, knows of no
 * sales and overwrites what it finds. Prints seconds, writes, CPU seconds and its largest resident set.
 */
public final class PlainProgram {

    private static final String QUERY = """
            query($after: String) { productVariants(first: 100, after: $after) { pageInfo { hasNextPage endCursor }
              nodes { sku inventoryItem { tracked inventoryLevels(first: 10) { nodes { quantities(names: ["available"]) { quantity } } } } } } }
            """;

    private final HttpClient http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final ObjectMapper json = new ObjectMapper();
    private final String clover = System.getProperty("plain.clover");
    private final String cloverToken = System.getProperty("plain.clover-token");
    private final String shopify = System.getProperty("plain.shopify");
    private final String shopifyToken = System.getProperty("plain.shopify-token");
    private final int safetyStock = Integer.getInteger("plain.safety-stock");

    public static void main(String[] args) throws IOException, InterruptedException {
        long began = System.nanoTime();
        int writes = new PlainProgram().pass();
        double seconds = (System.nanoTime() - began) / 1e9;
        ProcessUsage usage = ProcessUsage.of(ProcessHandle.current().pid());
        System.out.println(new ObjectMapper().createObjectNode().put("seconds", seconds).put("writes", writes)
                .put("cpuSeconds", usage.cpu().toMillis() / 1e3).put("residentMb", usage.residentPeakMb()));
    }

    private int pass() throws IOException, InterruptedException {
        Map<String, Long> wanted = wanted();
        Map<String, String> differing = new HashMap<>();
        int limit = 1_000;
        int rows = limit;
        for (int offset = 0; rows == limit; offset += limit) {
            JsonNode items = send(HttpRequest.newBuilder(URI.create(clover + "/items?expand=itemStock&orderBy=id%20ASC&limit="
                    + limit + "&offset=" + offset)).header("Authorization", "Bearer " + cloverToken)).path("elements");
            rows = items.size();
            for (JsonNode item : items) {
                Long target = wanted.get(item.path("sku").asText());
                if (target != null && item.path("itemStock").path("quantity").asDouble(Double.NaN) != target) {
                    differing.put(item.path("id").asText(), target.toString());
                }
            }
        }
        for (Map.Entry<String, String> item : differing.entrySet()) {
            send(HttpRequest.newBuilder(URI.create(clover + "/item_stocks/" + item.getKey()))
                    .header("Authorization", "Bearer " + cloverToken).header("Content-Type", "application/json")
                    .POST(HttpRequest.BodyPublishers.ofString("{\"quantity\":" + item.getValue() + "}")));
        }
        return differing.size();
    }

    private Map<String, Long> wanted() throws IOException, InterruptedException {
        Map<String, Long> wanted = new HashMap<>();
        String after = null;
        do {
            var body = json.createObjectNode().put("query", QUERY);
            body.putObject("variables").put("after", after);
            JsonNode page = send(HttpRequest.newBuilder(URI.create(shopify + "/admin/api/2026-10/graphql.json"))
                    .header("X-Shopify-Access-Token", shopifyToken).header("Content-Type", "application/json")
                    .POST(HttpRequest.BodyPublishers.ofString(body.toString()))).at("/data/productVariants");
            for (JsonNode variant : page.path("nodes")) {
                if (variant.at("/inventoryItem/tracked").asBoolean()) {
                    long available = 0;
                    for (JsonNode level : variant.at("/inventoryItem/inventoryLevels/nodes")) {
                        available += level.at("/quantities/0/quantity").asLong();
                    }
                    wanted.put(variant.path("sku").asText(), Math.max(0, available - safetyStock));
                }
            }
            after = page.at("/pageInfo/hasNextPage").asBoolean() ? page.at("/pageInfo/endCursor").asText() : null;
        } while (after != null);
        return wanted;
    }

    /** Again after a while, where it was too fast. */
    private JsonNode send(HttpRequest.Builder request) throws IOException, InterruptedException {
        while (true) {
            HttpResponse<String> answer = http.send(request.setHeader("User-Agent", "PlainProgram/1").build(),
                    HttpResponse.BodyHandlers.ofString());
            JsonNode body = json.readTree(answer.body());
            if (answer.statusCode() == 429 || body.at("/errors/0/extensions/code").asText().equals("THROTTLED")) {
                Thread.sleep(1_000 * answer.headers().firstValueAsLong("retry-after").orElse(1));
            } else if (answer.statusCode() != 200 || body.has("errors")) {
                throw new IOException(request.build().uri() + " was answered " + answer.statusCode() + ": " + answer.body());
            } else {
                return body;
            }
        }
    }
}
