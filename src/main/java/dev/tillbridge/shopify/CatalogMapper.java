package dev.tillbridge.shopify;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.jboss.logging.Logger;

import com.fasterxml.jackson.databind.JsonNode;

import dev.tillbridge.catalog.ChangedProduct;
import dev.tillbridge.catalog.Level;
import dev.tillbridge.catalog.Listing;
import dev.tillbridge.catalog.Variant;
import dev.tillbridge.channel.UnusableRow;

/**
 * Turns a variant's or level's node, from a page or a line of a bulk result alike, into our records. Nodes are read as
 * trees, for the aliases of the metafields differ from read to read.
 */
final class CatalogMapper {

    /** What Shopify calls the one variant of a product without options. */
    private static final String NO_OPTIONS = "Default Title";

    private static final Logger LOG = Logger.getLogger(CatalogMapper.class);

    private final List<MetafieldKey> metafields;

    CatalogMapper(List<MetafieldKey> metafields) {
        this.metafields = metafields;
    }

    Variant variant(JsonNode node) {
        var product = node.path("product");
        var item = node.path("inventoryItem");
        return new Variant(Gid.number("ProductVariant", text(node, "id")), Gid.number("Product", text(product, "id")),
                Gid.number("InventoryItem", text(item, "id")), title(text(product, "title"), text(node, "title")),
                text(product, "status"), text(node, "sku"), text(node, "barcode"), price(text(node, "price")),
                item.path("tracked").asBoolean(false), metafields(node), instant(text(node, "updatedAt")),
                new Listing(text(product, "title"), blankToNull(text(product, "productType")), node.path("position").asInt(0),
                        options(node.path("selectedOptions"))));
    }

    private static List<Listing.Option> options(JsonNode selected) {
        List<Listing.Option> options = new ArrayList<>();
        selected.forEach(
                option -> options.add(new Listing.Option(option.path("name").asText(), option.path("value").asText())));
        return options;
    }

    private static String blankToNull(String text) {
        return text == null || text.isBlank() ? null : text;
    }

    /** A product's node; null where it lacks what every product has. */
    static ChangedProduct product(JsonNode node) {
        return Gid.is("Product", text(node, "id")) && text(node, "title") != null && text(node, "status") != null
                ? new ChangedProduct(Gid.number("Product", text(node, "id")), text(node, "title"), text(node, "status"),
                        blankToNull(text(node, "productType")),
                        node.at("/variantsCount/count").isInt()
                                ? Integer.valueOf(node.at("/variantsCount/count").asInt())
                                : null)
                : null;
    }

    /** The variant, or nothing where the node lacks what every variant has; {@code unusable} is told why. */
    Optional<Variant> variant(JsonNode node, List<UnusableRow> unusable) {
        var missing = missing(node);
        if (missing == null) {
            return Optional.of(variant(node));
        }
        unusable.add(new UnusableRow(id(node), "Shopify's answer lacks " + missing));
        return Optional.empty();
    }

    /** One line for a page: a fault of Shopify's side may be in each of its rows. */
    static List<UnusableRow> warned(List<UnusableRow> unusable) {
        if (!unusable.isEmpty()) {
            LOG.warnf("%d variants of a page are left out; the first is %s: %s", unusable.size(), unusable.get(0).id(),
                    unusable.get(0).reason());
        }
        return List.copyOf(unusable);
    }

    private static String missing(JsonNode node) {
        if (!Gid.is("ProductVariant", text(node, "id"))) {
            return "the variant's id";
        }
        if (!Gid.is("Product", text(node.path("product"), "id"))) {
            return "the product's id";
        }
        if (!Gid.is("InventoryItem", text(node.path("inventoryItem"), "id"))) {
            return "the inventory item's id";
        }
        if (text(node.path("product"), "status") == null) {
            return "the product's status";
        }
        return title(text(node.path("product"), "title"), text(node, "title")) == null ? "the product's title" : null;
    }

    private static String id(JsonNode node) {
        var id = text(node, "id");
        return Gid.is("ProductVariant", id) ? Gid.number("ProductVariant", id) : String.valueOf(id);
    }

    Level level(JsonNode node) {
        return new Level(Gid.number("InventoryItem", text(node.path("item"), "id")),
                Gid.number("Location", text(node.path("location"), "id")), available(node.path("quantities")),
                instant(text(node, "updatedAt")));
    }

    static Long available(List<Wire.Quantity> quantities) {
        return quantities == null
                ? null
                : quantities.stream().filter(quantity -> "available".equals(quantity.name())).findFirst()
                        .map(Wire.Quantity::quantity).orElse(null);
    }

    private static Long available(JsonNode quantities) {
        for (var quantity : quantities) {
            if (quantity.path("name").asText().equals("available") && quantity.path("quantity").isIntegralNumber()) {
                return quantity.path("quantity").longValue();
            }
        }
        return null;
    }

    private Map<String, String> metafields(JsonNode node) {
        var values = new HashMap<String, String>();
        for (int i = 0; i < metafields.size(); i++) {
            var value = text(node.path(MetafieldKey.alias(i)), "value");
            if (value != null) {
                values.put(metafields.get(i).name(), value);
            }
        }
        return values;
    }

    private static String title(String product, String variant) {
        if (variant == null || variant.isBlank() || variant.equals(NO_OPTIONS)) {
            return product;
        }
        return product == null ? variant : product + " - " + variant;
    }

    /** Money comes as a text that is not padded evenly: "5.0", "20.00". */
    private static BigDecimal price(String text) {
        if (text == null) {
            return null;
        }
        try {
            return new BigDecimal(text);
        } catch (NumberFormatException e) {
            return null;
        }
    }

    private static Instant instant(String text) {
        if (text == null) {
            return null;
        }
        try {
            return Instant.parse(text);
        } catch (DateTimeException e) {
            return null;
        }
    }

    private static String text(JsonNode node, String field) {
        var value = node.path(field);
        return value.isMissingNode() || value.isNull() ? null : value.asText();
    }
}
