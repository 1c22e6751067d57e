package dev.tillbridge.sandbox.shopify;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Metafields, their definitions, and objects found by custom id. */
final class MetafieldFields {

    /** What {@code $app} stands for. */
    private static final String APP_NAMESPACE = "app--347082227713";

    private MetafieldFields() {}

    static void add(FieldTable table) {
        table.type("QueryRoot", FieldTable.Root.class).with("metafieldDefinitions", MetafieldFields::definitions)
                .scoped("read_products", "productVariantByIdentifier",
                        (root, arguments, call) -> find("PRODUCTVARIANT", arguments, call)
                                .flatMap(gid -> call.catalogue().variant(gid)).orElse(null))
                .scoped("read_orders", "orderByIdentifier",
                        (root, arguments, call) -> find("ORDER", arguments, call)
                                .flatMap(gid -> call.book().orders().find(gid, call)).orElse(null));
        table.type("Mutation", FieldTable.Root.class).with("metafieldDefinitionCreate", MetafieldMutations::define)
                .with("metafieldsSet", MetafieldMutations::set);
        table.type("ProductVariant", VariantRow.class)
                .with("metafield", (row, arguments, call) -> one(Catalogue.VARIANTS.gid(row.slot), arguments, call))
                .with("metafields", (row, arguments, call) -> many(Catalogue.VARIANTS.gid(row.slot), arguments, call));
        table.type("Product", ProductRow.class)
                .with("metafield", (row, arguments, call) -> one(Catalogue.PRODUCTS.gid(row.slot), arguments, call))
                .with("metafields", (row, arguments, call) -> many(Catalogue.PRODUCTS.gid(row.slot), arguments, call));
        table.type("Metafield", Metafields.Value.class).plain("id", value -> Gid.of("Metafield", value.id))
                .plain("legacyResourceId", value -> Long.toString(value.id)).plain("namespace", value -> value.namespace)
                .plain("key", value -> value.key).plain("value", value -> value.value).plain("type", value -> value.type)
                .plain("compareDigest", Metafields.Value::digest).plain("ownerType", value -> value.ownerType)
                .plain("createdAt", value -> Timestamps.text(value.createdAt))
                .plain("updatedAt", value -> Timestamps.text(value.updatedAt));
        table.type("MetafieldDefinition", Metafields.Definition.class)
                .plain("id", definition -> Gid.of("MetafieldDefinition", definition.id()))
                .plain("name", Metafields.Definition::name).plain("namespace", Metafields.Definition::namespace)
                .plain("key", Metafields.Definition::key).plain("ownerType", Metafields.Definition::ownerType)
                .plain("type", definition -> type(definition.type()))
                .plain("capabilities", definition -> Map.of("uniqueValues",
                        Map.of("eligible", true, "enabled", definition.unique())));
    }

    /** The namespace as stored: none given means the app's own. */
    static String namespace(String given) {
        if (given == null || given.equals("$app")) {
            return APP_NAMESPACE;
        }
        return given.startsWith("$app:") ? APP_NAMESPACE + "--" + given.substring("$app:".length()) : given;
    }

    /** What scope reading or writing metafields of an owner type needs. */
    static String scope(String right, String ownerType) {
        return right + (ownerType.equals("ORDER") ? "_orders" : "_products");
    }

    private static Map<String, Object> type(String name) {
        Map<String, Object> type = new LinkedHashMap<>();
        type.put("name", name);
        type.put("category", name.equals("id") ? "ID" : "TEXT");
        return type;
    }

    private static Listing<Metafields.Definition> definitions(FieldTable.Root root, Arguments arguments, Call call) {
        String ownerType = arguments.text("ownerType");
        call.require(scope("read", ownerType), "metafieldDefinitions");
        String namespace = arguments.text("namespace");
        List<Metafields.Definition> found = new ArrayList<>();
        for (Metafields.Definition each : call.book().metafields().definitions()) {
            if (each.ownerType().equals(ownerType)
                    && (namespace == null || each.namespace().equals(namespace(namespace)))
                    && (arguments.text("key") == null || each.key().equals(arguments.text("key")))) {
                found.add(each);
            }
        }
        return Listing.byId(found, Metafields.Definition::id);
    }

    static Metafields.Value one(String owner, Arguments arguments, Call call) {
        return call.book().metafields().get(owner, namespace(arguments.text("namespace")), arguments.text("key")).orElse(null);
    }

    static Listing<Metafields.Value> many(String owner, Arguments arguments, Call call) {
        String namespace = arguments.text("namespace");
        List<Metafields.Value> found = new ArrayList<>();
        for (Metafields.Value each : call.book().metafields().of(owner)) {
            if ((namespace == null || each.namespace.equals(namespace(namespace))) && (!arguments.given("keys")
                    || arguments.list("keys").contains(each.key)
                    || arguments.list("keys").contains(each.namespace + "." + each.key))) {
                found.add(each);
            }
        }
        return Listing.byId(found, value -> value.id);
    }

    /** The id an identifier names. Without a definition of type {@code id}: null and a top-level NOT_FOUND (rec). */
    private static Optional<String> find(String ownerType, Arguments arguments, Call call) {
        Arguments identifier = arguments.object("identifier");
        if (identifier.text("id") != null) {
            return Optional.of(identifier.text("id"));
        }
        Arguments custom = identifier.object("customId");
        String namespace = namespace(custom.text("namespace"));
        Metafields metafields = call.book().metafields();
        if (metafields.definition(ownerType, namespace, custom.text("key")).filter(each -> each.type().equals("id"))
                .isEmpty()) {
            throw new ShopifyError("NOT_FOUND", "Metafield definition of type 'id' is required when using custom ids.");
        }
        return metafields.ownerOf(ownerType, namespace, custom.text("key"), custom.text("value"));
    }
}
