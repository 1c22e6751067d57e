package dev.tillbridge.sandbox.shopify;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** metafieldDefinitionCreate and metafieldsSet. */
final class MetafieldMutations {

    private static final int MOST = 25;

    private record Wanted(String owner, String ownerType, String namespace, String key, String type, String value) {}

    private MetafieldMutations() {}

    static Map<String, Object> define(FieldTable.Root root, Arguments arguments, Call call) {
        Arguments definition = arguments.object("definition");
        String ownerType = definition.text("ownerType");
        call.require(MetafieldFields.scope("write", ownerType), "metafieldDefinitionCreate");
        String namespace = MetafieldFields.namespace(definition.text("namespace"));
        String key = definition.text("key");
        UserErrors errors = new UserErrors();
        Arguments unique = definition.object("capabilities").object("uniqueValues");
        boolean id = definition.text("type").equals("id");
        if (id && unique.given("enabled") && !unique.flag("enabled")) {
            errors.add("CAPABILITY_REQUIRED_BUT_DISABLED", "Capability unique_values is required for type id but is disabled",
                    "definition");
        } else if (call.book().metafields().definition(ownerType, namespace, key).isPresent()) {
            errors.add("TAKEN", "Key is in use for " + owners(ownerType) + " metafields on the '" + namespace + "' namespace.",
                    "definition", "key");
        }
        return errors.payload("createdDefinition", errors.none()
                ? call.book().metafields().define(definition.text("name"), ownerType, namespace, key, definition.text("type"),
                        id || unique.flag("enabled"))
                : null);
    }

    /** At most 25, all or nothing; {@code compareDigest} makes it compare-and-set (doc: mutations/metafieldsSet). */
    static Map<String, Object> set(FieldTable.Root root, Arguments arguments, Call call) {
        UserErrors errors = new UserErrors();
        List<Wanted> wanted = new ArrayList<>();
        List<?> given = arguments.list("metafields");
        if (given.size() > MOST) {
            errors.add("LESS_THAN_OR_EQUAL_TO", "Exceeded the maximum metafields input limit of 25.", "metafields");
        }
        for (int i = 0; i < given.size(); i++) {
            check(Arguments.of(given.get(i)), i, errors, call).ifPresent(wanted::add);
        }
        List<Metafields.Value> values = new ArrayList<>();
        if (errors.none()) {
            for (Wanted each : wanted) {
                values.add(call.book().metafields().set(each.owner, each.ownerType, each.namespace, each.key, each.type,
                        each.value, call.shop().now()));
            }
        }
        return errors.payload("metafields", values);
    }

    private static Optional<Wanted> check(Arguments input, int index, UserErrors errors, Call call) {
        String owner = input.text("ownerId");
        String ownerType = ownerType(owner, call);
        if (ownerType == null) {
            errors.add("INVALID", "Owner does not exist.", "metafields", index, "ownerId");
            return Optional.empty();
        }
        call.require(MetafieldFields.scope("write", ownerType), "metafieldsSet");
        String namespace = MetafieldFields.namespace(input.text("namespace"));
        String key = input.text("key");
        Metafields metafields = call.book().metafields();
        Optional<Metafields.Definition> definition = metafields.definition(ownerType, namespace, key);
        String type = definition.map(Metafields.Definition::type).orElse(input.text("type"));
        if (type == null) {
            errors.add("BLANK", "Type can't be blank", "metafields", index, "type");
            return Optional.empty();
        }
        Optional<String> holder = metafields.ownerOf(ownerType, namespace, key, input.text("value"));
        if (definition.filter(Metafields.Definition::unique).isPresent()
                && holder.filter(other -> !other.equals(owner)).isPresent()) {
            errors.add("TAKEN", "Value has already been taken.", "metafields", index, "value");
            return Optional.empty();
        }
        String digest = metafields.get(owner, namespace, key).map(Metafields.Value::digest).orElse(null);
        if (input.given("compareDigest") && !java.util.Objects.equals(digest, input.text("compareDigest"))) {
            errors.add("STALE_OBJECT", "The resource has been updated since it was loaded. Try again with an updated"
                    + " `compareDigest` value.", "metafields", index);
            return Optional.empty();
        }
        return Optional.of(new Wanted(owner, ownerType, namespace, key, type, input.text("value")));
    }

    /** Null for an owner that is not there. */
    private static String ownerType(String owner, Call call) {
        if (call.catalogue().variant(owner).isPresent()) {
            return "PRODUCTVARIANT";
        }
        if (call.catalogue().product(owner).isPresent()) {
            return "PRODUCT";
        }
        return call.book().orders().find(owner, call).isPresent() ? "ORDER" : null;
    }

    private static String owners(String ownerType) {
        return switch (ownerType) {
            case "PRODUCTVARIANT" -> "Productvariant";
            case "ORDER" -> "Order";
            default -> "Product";
        };
    }
}
