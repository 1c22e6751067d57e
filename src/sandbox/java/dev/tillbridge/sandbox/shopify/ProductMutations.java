package dev.tillbridge.sandbox.shopify;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * productVariantsBulkUpdate: variants of one product. With {@code allowPartialUpdates} the good ones are updated, else none;
 * {@code productVariants} lists all that were named either way (rec).
 */
final class ProductMutations {

    private static final BigDecimal TOO_MUCH = BigDecimal.TEN.pow(18);

    private ProductMutations() {}

    static void add(FieldTable table) {
        table.type("Mutation", FieldTable.Root.class).scoped("write_products", "productVariantsBulkUpdate",
                (root, arguments, call) -> update(arguments, call));
    }

    private static Map<String, Object> update(Arguments arguments, Call call) {
        UserErrors errors = new UserErrors();
        ProductRow product = call.catalogue().product(arguments.text("productId")).orElse(null);
        if (product == null) {
            errors.add("PRODUCT_DOES_NOT_EXIST", "Product does not exist", "productId");
            return payload(errors, null, null);
        }
        List<VariantRow> named = new ArrayList<>();
        List<Runnable> changes = new ArrayList<>();
        List<?> variants = arguments.list("variants");
        for (int i = 0; i < variants.size(); i++) {
            Arguments input = Arguments.of(variants.get(i));
            VariantRow variant = find(input, product, errors, i, call);
            boolean good = checkMoney(input, errors, i);
            if (variant != null) {
                named.add(variant);
                if (good) {
                    changes.add(() -> call.book().change(variant, () -> apply(input, variant)));
                }
            }
        }
        if (errors.none() || arguments.flag("allowPartialUpdates")) {
            changes.forEach(Runnable::run);
        }
        return payload(errors, product, named);
    }

    private static Map<String, Object> payload(UserErrors errors, ProductRow product, List<VariantRow> variants) {
        Map<String, Object> payload = new LinkedHashMap<>(errors.payload("product", product));
        payload.put("productVariants", variants);
        return payload;
    }

    private static VariantRow find(Arguments input, ProductRow product, UserErrors errors, int index, Call call) {
        if (input.text("id") == null) {
            errors.add("PRODUCT_VARIANT_ID_MISSING", "Product variant is missing ID attribute", "variants", index, "id");
            return null;
        }
        VariantRow variant = call.catalogue().variant(input.text("id")).orElse(null);
        if (variant == null || variant.product != product) {
            errors.add("PRODUCT_VARIANT_DOES_NOT_EXIST", "Product variant does not exist", "variants", index, "id");
            return null;
        }
        return variant;
    }

    private static boolean checkMoney(Arguments input, UserErrors errors, int index) {
        boolean good = true;
        if (input.text("compareAtPrice") != null && money(input.text("compareAtPrice")).compareTo(TOO_MUCH) >= 0) {
            errors.add("INVALID_INPUT", "must be less than 1000000000000000000", "variants", index, "compareAtPrice");
            good = false;
        }
        if (input.text("price") != null && money(input.text("price")).signum() < 0) {
            errors.add("GREATER_THAN_OR_EQUAL_TO", "Price must be greater than or equal to 0", "variants", index, "price");
            good = false;
        }
        return good;
    }

    private static void apply(Arguments input, VariantRow variant) {
        if (input.text("price") != null) {
            variant.price = money(input.text("price"));
        }
        if (input.given("compareAtPrice")) {
            String price = input.text("compareAtPrice");
            variant.compareAtCents = price == null ? -1 : cents(price);
        }
        if (input.given("barcode")) {
            variant.barcode = input.text("barcode");
        }
        if (input.given("taxable")) {
            variant.taxable = input.flag("taxable");
        }
        if (input.text("inventoryPolicy") != null) {
            variant.continueSelling = input.text("inventoryPolicy").equals("CONTINUE");
        }
        Arguments item = input.object("inventoryItem");
        if (item.given("sku")) {
            variant.sku = item.text("sku");
        }
        if (item.given("tracked")) {
            variant.tracked = item.flag("tracked");
        }
        if (item.given("requiresShipping")) {
            variant.requiresShipping = item.flag("requiresShipping");
        }
    }

    private static long cents(String text) {
        return money(text).setScale(2, RoundingMode.HALF_UP).unscaledValue().longValueExact();
    }

    private static BigDecimal money(String text) {
        try {
            return new BigDecimal(text);
        } catch (NumberFormatException e) {
            throw new ShopifyError("INVALID_VARIABLE", "invalid money '" + text + "'");
        }
    }
}
