package dev.tillbridge.bench;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import dev.tillbridge.testing.SandboxProcess;
import dev.tillbridge.testing.SandboxResource;

/**
 * Reads what a first sync reads, both sides at once, and keeps nothing: pages of 1,000 items with their stock from the till,
 * the bulk operation's result from the shop. Its tokens are looked at, but no object is made of them.
 */
final class ThrownAway {

    private static final int PAGE = 1_000;
    private static final String QUERY = "{ productVariants { edges { node { __typename id title sku barcode price updatedAt"
            + " product { id title status } inventoryItem { id tracked inventoryLevels { edges { node { __typename id"
            + " item { id } location { id } quantities(names: [\"available\"]) { name quantity } } } } } } } } }";

    private final HttpClient http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final ObjectMapper json = new ObjectMapper();
    private final SandboxProcess sandbox;

    ThrownAway(SandboxProcess sandbox) {
        this.sandbox = sandbox;
    }

    record Took(Duration all, Duration till, Duration shop, long bytes) {}

    private record Part(Duration took, long bytes) {}

    private interface Read {
        long bytes() throws IOException, InterruptedException;
    }

    Duration readAll() {
        return timed().all();
    }

    Took timed() {
        long began = System.nanoTime();
        CompletableFuture<Part> till = CompletableFuture.supplyAsync(() -> part(this::till));
        CompletableFuture<Part> shop = CompletableFuture.supplyAsync(() -> part(this::shop));
        return till.thenCombine(shop, (items, variants) -> new Took(Duration.ofNanos(System.nanoTime() - began),
                items.took(), variants.took(), items.bytes() + variants.bytes())).join();
    }

    private static Part part(Read read) {
        long began = System.nanoTime();
        try {
            long bytes = read.bytes();
            return new Part(Duration.ofNanos(System.nanoTime() - began), bytes);
        } catch (IOException | InterruptedException e) {
            throw new CompletionException(e);
        }
    }

    private long till() throws IOException, InterruptedException {
        long bytes = 0;
        int rows = PAGE;
        for (int offset = 0; rows >= PAGE; offset += PAGE) {
            Pulled page = pull(HttpRequest.newBuilder(URI.create(sandbox.cloverUrl() + "/v3/merchants/"
                    + SandboxResource.MERCHANT + "/items?expand=itemStock&orderBy=id%20ASC&limit=" + PAGE + "&offset="
                    + offset)).header("Authorization", "Bearer " + SandboxResource.CLOVER_TOKEN)
                    .header("User-Agent", "TillbridgeBenchmark/1").build(), 3);
            bytes += page.bytes();
            rows = page.objects();
        }
        return bytes;
    }

    private long shop() throws IOException, InterruptedException {
        String id = graphql("mutation BulkRun($query: String!) { bulkOperationRunQuery(query: $query, groupObjects: false)"
                + " { bulkOperation { id status } userErrors { message } } }", "query", QUERY)
                .at("/data/bulkOperationRunQuery/bulkOperation/id").asText();
        JsonNode operation;
        do {
            Thread.sleep(100);
            operation = graphql("query BulkStatus($id: ID!) { bulkOperation(id: $id) { status url } }", "id", id)
                    .at("/data/bulkOperation");
        } while (!operation.hasNonNull("url"));
        return pull(HttpRequest.newBuilder(URI.create(operation.path("url").asText())).build(), 1).bytes();
    }

    private JsonNode graphql(String document, String variable, String value) throws IOException, InterruptedException {
        String body = json.createObjectNode().put("query", document)
                .set("variables", json.createObjectNode().put(variable, value)).toString();
        HttpResponse<String> answer = http.send(HttpRequest
                .newBuilder(URI.create(sandbox.shopifyUrl() + "/admin/api/2026-10/graphql.json"))
                .header("Content-Type", "application/json").header("X-Shopify-Access-Token", "shpat_demo")
                .POST(HttpRequest.BodyPublishers.ofString(body)).build(), HttpResponse.BodyHandlers.ofString());
        JsonNode node = json.readTree(answer.body());
        if (answer.statusCode() != 200 || node.has("errors")) {
            throw new IOException("Answered " + answer.statusCode() + ": " + answer.body());
        }
        return node;
    }

    /** @param objects how many objects there were at the depth that was asked for */
    private record Pulled(long bytes, int objects) {}

    private Pulled pull(HttpRequest request, int depthOfRows) throws IOException, InterruptedException {
        HttpResponse<InputStream> answer = http.send(request, HttpResponse.BodyHandlers.ofInputStream());
        try (InputStream body = answer.body(); JsonParser parser = json.createParser(body)) {
            if (answer.statusCode() != 200) {
                throw new IOException("Answered " + answer.statusCode());
            }
            int depth = 0;
            int objects = 0;
            for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
                if (token.isStructStart()) {
                    depth++;
                    objects += depth == depthOfRows && token == JsonToken.START_OBJECT ? 1 : 0;
                } else if (token.isStructEnd()) {
                    depth--;
                }
            }
            return new Pulled(parser.currentLocation().getByteOffset(), objects);
        }
    }
}
