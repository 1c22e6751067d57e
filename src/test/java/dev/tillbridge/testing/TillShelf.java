package dev.tillbridge.testing;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import com.fasterxml.jackson.databind.JsonNode;

/** What the simulated till sells, read whole over its own API. */
public final class TillShelf {

    private static final String MERCHANT = "/v3/merchants/" + SandboxResource.MERCHANT;

    private final JsonClient till;
    public final List<JsonNode> items;
    public final Map<String, JsonNode> groups = new HashMap<>();
    public final Map<String, JsonNode> attributes = new HashMap<>();
    /** By id; each with its attribute's id as {@code parent}. */
    public final Map<String, Option> options = new HashMap<>();
    public final List<String> categories;

    public record Option(String id, String name, String attribute) {}

    private TillShelf(String cloverUrl, boolean optionsToo) {
        till = new JsonClient(cloverUrl, SandboxResource.CLOVER_TOKEN);
        items = all("/items", "&expand=options,categories");
        all("/item_groups", "").forEach(group -> groups.put(group.path("id").asText(), group));
        all("/attributes", "").forEach(attribute -> attributes.put(attribute.path("id").asText(), attribute));
        categories = all("/categories", "").stream().map(category -> category.path("name").asText()).toList();
        if (optionsToo) {
            attributes.keySet().forEach(attribute -> all("/attributes/" + attribute + "/options", "")
                    .forEach(option -> options.put(option.path("id").asText(),
                            new Option(option.path("id").asText(), option.path("name").asText(), attribute))));
        }
    }

    /** Of the sandbox that tests share. */
    public static TillShelf read() {
        return read(SandboxResource.sandbox().cloverUrl());
    }

    public static TillShelf read(String cloverUrl) {
        return new TillShelf(cloverUrl, true);
    }

    public static List<JsonNode> items() {
        return new TillShelf(SandboxResource.sandbox().cloverUrl(), false).items;
    }

    /** The one item with this SKU; null where there is none. */
    public static JsonNode item(String sku) {
        List<JsonNode> found = items().stream().filter(item -> sku.equals(item.path("sku").asText())).toList();
        if (found.size() > 1) {
            throw new AssertionError("The till has " + found.size() + " items with the SKU " + sku);
        }
        return found.isEmpty() ? null : found.get(0);
    }

    public static void change(String itemId, String body) {
        post("/items/" + itemId, body);
    }

    public static void add(String body) {
        post("/items", body);
    }

    private static void post(String path, String body) {
        JsonClient till = new JsonClient(SandboxResource.sandbox().cloverUrl(), SandboxResource.CLOVER_TOKEN);
        send(till, "POST", MERCHANT + path, body);
    }

    /** {@code Size=S}, of an item. */
    public Set<String> optionsOf(JsonNode item) {
        Set<String> chosen = new HashSet<>();
        item.path("options").path("elements").forEach(each -> {
            Option option = options.get(each.path("id").asText());
            chosen.add(attributes.get(option.attribute()).path("name").asText() + "=" + option.name());
        });
        return chosen;
    }

    private List<JsonNode> all(String collection, String more) {
        List<JsonNode> rows = new ArrayList<>();
        JsonNode page;
        do {
            page = send(till, "GET", MERCHANT + collection + "?limit=1000&orderBy=id&offset=" + rows.size() + more, null)
                    .path("elements");
            page.forEach(rows::add);
        } while (page.size() == 1000);
        return rows;
    }

    private static JsonNode send(JsonClient till, String method, String path, String body) {
        try {
            JsonClient.Answer answer = till.send(method, path, body, "User-Agent", "tillbridge-test/1 (shelf)");
            if (answer.status() != 200) {
                throw new AssertionError(path + ": " + answer.status() + " " + answer.body());
            }
            return answer.json();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
