package dev.tillbridge.sandbox.clover;

import java.math.BigDecimal;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * What of an item can be filtered by, and what can be written. Clover: docs.clover.com/dev/reference/inventorygetitems; lengths
 * of the Android SDK.
 */
final class ItemFields {

    static final Fields<Item> OF_ITEMS = new Fields<Item>().with("id", item -> item.id).with("item.id", item -> item.id)
            .with("name", item -> item.name).with("alternateName", item -> item.alternateName).with("sku", item -> item.sku)
            .with("itemCode", item -> item.code).with("price", item -> item.price)
            .with("modifiedTime", item -> item.modifiedTime).with("hidden", item -> item.hidden)
            .with("available", item -> item.available).with("autoManage", item -> item.autoManage)
            .with("defaultTaxRates", item -> item.defaultTaxRates).with("isRevenue", item -> item.isRevenue)
            .with("deleted", Item::deleted).with("itemGroup.id", item -> item.itemGroup)
            .with("itemStock.quantity", item -> item.quantity);

    static final Fields<Item> OF_STOCKS = new Fields<Item>().with("item.id", item -> item.id)
            .with("quantity", item -> item.quantity).with("itemStock.modifiedTime", item -> item.stockModifiedTime);

    private ItemFields() {}

    /**
     * Checks a body before anything is changed.
     *
     * @param whole whether name (and price, unless it replaces) must be there
     */
    static void check(JsonNode body, boolean whole, boolean priceToo) {
        if (whole && !body.path("name").isTextual()) {
            throw CloverError.badRequest("Invalid value for 'name': name is required");
        }
        if (priceToo && !body.path("price").isIntegralNumber()) {
            throw CloverError.badRequest("Invalid value for 'price': price is required");
        }
        text(body, "name", 127);
        text(body, "alternateName", 127);
        text(body, "code", 100);
        text(body, "sku", 100);
        text(body, "unitName", 64);
        if (body.hasNonNull("price") && (!body.get("price").isIntegralNumber() || body.get("price").longValue() < 0)) {
            throw CloverError.badRequest("Invalid value for 'price'");
        }
        String type = body.path("priceType").asText("FIXED");
        if (!type.equals("FIXED") && !type.equals("VARIABLE") && !type.equals("PER_UNIT")) {
            throw CloverError.badRequest("Invalid value for 'priceType': " + type);
        }
        if (body.hasNonNull("name") && body.get("name").textValue().isBlank()) {
            throw CloverError.badRequest("Invalid value for 'name': name is required");
        }
    }

    /** Takes the fields that are there; unknown ones and stock, which has a resource of its own, are ignored. */
    static void apply(Item item, JsonNode body) {
        item.name = body.path("name").asText(item.name);
        item.alternateName = optional(body, "alternateName", item.alternateName);
        item.code = optional(body, "code", item.code);
        item.sku = optional(body, "sku", item.sku);
        item.unitName = optional(body, "unitName", item.unitName);
        item.colorCode = optional(body, "colorCode", item.colorCode);
        item.price = body.path("price").asLong(item.price);
        item.cost = body.path("cost").asLong(item.cost);
        item.priceType = body.path("priceType").asText(item.priceType);
        item.hidden = body.path("hidden").asBoolean(item.hidden);
        item.available = body.path("available").asBoolean(item.available);
        item.autoManage = body.path("autoManage").asBoolean(item.autoManage);
        item.defaultTaxRates = body.path("defaultTaxRates").asBoolean(item.defaultTaxRates);
        item.isRevenue = body.path("isRevenue").asBoolean(item.isRevenue);
    }

    /** The quantity of a stock write: any decimal, negative too. */
    static BigDecimal quantity(JsonNode body) {
        JsonNode quantity = body.get("quantity");
        if (quantity == null || !quantity.isNumber()) {
            throw CloverError.badRequest("Invalid value for 'quantity': a number is required");
        }
        BigDecimal plain = quantity.decimalValue().stripTrailingZeros();
        return plain.scale() < 0 ? plain.setScale(0) : plain;
    }

    private static String optional(JsonNode body, String field, String present) {
        return body.has(field) ? body.get(field).textValue() : present;
    }

    private static void text(JsonNode body, String field, int longest) {
        JsonNode value = body.get(field);
        if (value == null || value.isNull()) {
            return;
        }
        if (!value.isTextual() || value.textValue().length() > longest) {
            throw CloverError.badRequest("Invalid value for '" + field + "': a text of at most " + longest + " characters");
        }
    }
}
