package dev.tillbridge.product;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import dev.tillbridge.catalog.Listing;
import dev.tillbridge.product.ProductFacts.VariantFacts;
import dev.tillbridge.product.ProductPlan.Attribute;
import dev.tillbridge.product.ProductPlan.PlannedItem;
import dev.tillbridge.product.ProductPlan.Shape;

/**
 * The rule of what a product becomes. One variant: one item. Several: a group of those that have no item yet, because an item
 * joins a group only when it is made (docs.clover.com/docs/managing-items-item-groups); what has one stays beside it.
 */
final class ProductPlanning {

    private static final Listing.Option STAND_IN = new Listing.Option("Title", "Default Title");

    private final ProductFacts facts;
    private final Terms terms;
    private final Made made;
    private final List<LeftOut> leftOut = new ArrayList<>();

    private ProductPlanning(ProductFacts facts, Terms terms, Made made) {
        this.facts = facts;
        this.terms = terms;
        this.made = made;
    }

    static ProductPlan plan(ProductFacts facts, Terms terms, Made made) {
        return new ProductPlanning(facts, terms, made).plan();
    }

    private ProductPlan plan() {
        boolean group = facts.variants().size() > 1 || made.groupId() != null;
        List<VariantFacts> published = facts.variants().stream().filter(variant -> belongs(variant, group)).toList();
        if (published.isEmpty()) {
            return ProductPlan.nothing(leftOut);
        }
        String name = TillText.name(facts.title(), terms.longestName());
        if (name == null) {
            leftOut.add(new LeftOut(null, "no-title", "The product has no title"));
            return ProductPlan.nothing(leftOut);
        }
        boolean makes = published.stream().anyMatch(variant -> variant.itemId() == null);
        if (makes && terms.obstacle() != null) {
            leftOut.add(terms.obstacle());
            published = published.stream().filter(variant -> variant.itemId() != null).toList();
            if (published.isEmpty()) {
                return ProductPlan.nothing(leftOut);
            }
        }
        String category = TillText.name(facts.category(), terms.longestName());
        return group ? group(name, category, published) : single(category, published);
    }

    private ProductPlan single(String category, List<VariantFacts> published) {
        List<PlannedItem> items = published.stream().map(variant -> item(variant, List.of())).toList();
        return new ProductPlan(Shape.SINGLE, null, category, List.of(), items, leftOut);
    }

    private ProductPlan group(String name, String category, List<VariantFacts> published) {
        List<String> optionNames = names(published.get(0));
        boolean changed = optionsChanged(optionNames);
        if (changed) {
            leftOut.add(new LeftOut(null, "options-changed", "Its group on the till has another number of options ("
                    + made.attributes() + ") than the product (" + optionNames.size() + "): "
                    + (made.grouped() ? "the group's items keep theirs" : "nothing joins it until they agree")));
        }
        Set<List<String>> combinations = new HashSet<>();
        List<PlannedItem> items = new ArrayList<>();
        for (VariantFacts variant : published) {
            List<String> values = chosen(variant).stream().map(option -> text(option.value())).toList();
            if (changed && made.items().containsKey(variant.id())) {
                items.add(item(variant, values));
            } else if (changed) {
                leave(variant, "options-changed", "Its group on the till has another number of options");
            } else if (values.isEmpty() || values.contains(null) || !names(variant).equals(optionNames)
                    || names(variant).contains(null)) {
                leave(variant, "options-differ", "Its options are not those of the product's other variants");
            } else if (!combinations.add(values)) {
                leave(variant, "same-options", "Within the till's " + terms.longestName()
                        + " characters another variant has the same options: " + String.join(" / ", values));
            } else {
                items.add(item(variant, values));
            }
        }
        if (changed) {
            return items.isEmpty()
                    ? ProductPlan.nothing(leftOut)
                    : new ProductPlan(Shape.GROUP, name, category, List.of(), items, leftOut);
        }
        if (new HashSet<>(optionNames).size() < optionNames.size()) {
            return unlike("Two of its options have the same name within the till's " + terms.longestName() + " characters");
        }
        if (collides(published)) {
            return unlike("Two values of an option are the same within the till's " + terms.longestName() + " characters");
        }
        return items.isEmpty()
                ? ProductPlan.nothing(leftOut)
                : new ProductPlan(Shape.GROUP, name, category, attributes(optionNames, items), items, leftOut);
    }

    /** Other names are followed ({@link GroupChanges}); more options or fewer make it another group. */
    private boolean optionsChanged(List<String> names) {
        return made.grouped() ? made.attributes() != names.size() : made.attributes() > names.size();
    }

    private ProductPlan unlike(String reason) {
        leftOut.add(new LeftOut(null, "option-names-collide", reason));
        return ProductPlan.nothing(leftOut);
    }

    private static List<Attribute> attributes(List<String> names, List<PlannedItem> items) {
        List<Attribute> attributes = new ArrayList<>();
        for (int at = 0; at < names.size(); at++) {
            Set<String> options = new LinkedHashSet<>();
            for (PlannedItem item : items) {
                options.add(item.options().get(at));
            }
            attributes.add(new Attribute(names.get(at), List.copyOf(options)));
        }
        return attributes;
    }

    /** Whether different values became the same by being cut. */
    private boolean collides(List<VariantFacts> published) {
        Map<List<String>, String> written = new LinkedHashMap<>();
        for (VariantFacts variant : published) {
            for (Listing.Option option : chosen(variant)) {
                String cut = text(option.value());
                String before = cut == null ? null : written.putIfAbsent(List.of(option.name(), cut), option.value());
                if (before != null && !before.equals(option.value())) {
                    return true;
                }
            }
        }
        return false;
    }

    /** Whether publishing is to see to its item; where not, and it has no place in the group, it says why. */
    private boolean belongs(VariantFacts variant, boolean group) {
        String own = made.items().get(variant.id());
        if (own == null && !facts.active()) {
            // Nothing is made of what the store does not sell; what was begun is finished.
            return false;
        }
        if (variant.itemId() != null) {
            if (variant.itemId().equals(own)
                    && (!group || (made.groupId() != null && made.groupId().equals(variant.itemGroup())))) {
                return true;
            }
            if (group) {
                leave(variant, "item-outside-group", "Its item was there before; a till's item joins a group only when it is"
                        + " made, so it stays beside the group");
            }
            return false;
        }
        if (own != null) {
            return leave(variant, "item-gone", "Its item was deleted on the till or its link removed; it is not made again");
        }
        if (variant.obstacle() != null) {
            leftOut.add(variant.obstacle());
            return false;
        }
        return priced(variant) && identified(variant);
    }

    private boolean priced(VariantFacts variant) {
        BigDecimal price = variant.price();
        if (price == null) {
            return leave(variant, "no-price", "The store gives it no price, and the till needs one");
        }
        if (price.signum() < 0) {
            return leave(variant, "price-negative", "Its price is below zero");
        }
        return terms.rule().result(price, terms.digits()).isPresent() || leave(variant, "price-impossible",
                "Of its price " + price.toPlainString()
                        + " the price rule leaves nothing to charge, or more than a till takes");
    }

    private boolean identified(VariantFacts variant) {
        if (length(variant.sku()) > terms.longestIdentifier() || length(variant.code()) > terms.longestIdentifier()) {
            return leave(variant, "identifier-too-long",
                    "Its SKU or barcode has more than the till's " + terms.longestIdentifier() + " characters");
        }
        return true;
    }

    private PlannedItem item(VariantFacts variant, List<String> options) {
        String name = TillText.name(variant.title(), terms.longestName());
        return new PlannedItem(variant.id(), name == null ? TillText.name(facts.title(), terms.longestName()) : name,
                variant.sku(), variant.code(), minor(variant.price()), options);
    }

    /** Of an item that was made the price is no matter any more. */
    private long minor(BigDecimal price) {
        return price == null || price.signum() < 0 ? 0 : terms.rule().result(price, terms.digits()).orElse(0);
    }

    private List<String> names(VariantFacts variant) {
        return chosen(variant).stream().map(option -> text(option.name())).toList();
    }

    /** A product without options has a stand-in for them, which nobody chose (shopify.dev, ProductOption). */
    private static List<Listing.Option> chosen(VariantFacts variant) {
        return variant.options().equals(List.of(STAND_IN)) ? List.of() : variant.options();
    }

    private String text(String text) {
        return TillText.name(text, terms.longestName());
    }

    private boolean leave(VariantFacts variant, String code, String reason) {
        leftOut.add(new LeftOut(variant.id(), code, reason));
        return false;
    }

    private static int length(String text) {
        return text == null ? 0 : text.length();
    }
}
