package dev.tillbridge.product;

import java.util.List;

/**
 * What a product is to be on the till.
 *
 * @param groupName null unless {@code shape} is GROUP
 * @param category null for none
 * @param attributes of the group, each with its options, in order
 * @param items to be there by publishing, made already or not, in order
 * @param leftOut what is not among them, and why
 */
record ProductPlan(Shape shape, String groupName, String category, List<Attribute> attributes, List<PlannedItem> items,
        List<LeftOut> leftOut) {

    enum Shape {
        /** No item at all. */
        NOTHING,
        SINGLE,
        GROUP
    }

    record Attribute(String name, List<String> options) {

        Attribute {
            options = List.copyOf(options);
        }
    }

    /** @param options one for each attribute, in their order; empty outside a group */
    record PlannedItem(String variantId, String name, String sku, String code, long price, List<String> options) {

        PlannedItem {
            options = List.copyOf(options);
        }
    }

    ProductPlan {
        attributes = List.copyOf(attributes);
        items = List.copyOf(items);
        leftOut = List.copyOf(leftOut);
    }

    static ProductPlan nothing(List<LeftOut> leftOut) {
        return new ProductPlan(Shape.NOTHING, null, null, List.of(), List.of(), leftOut);
    }
}
