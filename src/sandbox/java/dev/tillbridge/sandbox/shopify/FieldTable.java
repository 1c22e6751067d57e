package dev.tillbridge.sandbox.shopify;

import java.util.HashMap;
import java.util.Map;

/** How every field of the schema is read; the same table answers requests and bulk operations. */
final class FieldTable {

    /** @param plain whether the reader needs neither arguments nor the call, which spares building them */
    record Entry(FieldReader<Object> reader, boolean plain) {}

    private final Map<String, Map<String, Entry>> entries = new HashMap<>();
    private final Map<Class<?>, String> types = new HashMap<>();

    /** The readers of a type whose objects are of one class. */
    <T> Of<T> type(String name, Class<T> source) {
        types.putIfAbsent(source, name);
        return new Of<>(entries.computeIfAbsent(name, any -> new HashMap<>()), source);
    }

    /** Null if there is none: the object is a map by field name (payloads of mutations). */
    Entry entry(String type, String field) {
        return entries.getOrDefault(type, Map.of()).get(field);
    }

    /** The GraphQL type an object stands for, where the schema only says {@code Node}. */
    String typeOf(Object source) {
        return types.get(source.getClass());
    }

    /** Adds readers of one type. */
    static final class Of<T> {

        private final Map<String, Entry> fields;
        private final Class<T> source;

        private Of(Map<String, Entry> fields, Class<T> source) {
            this.fields = fields;
            this.source = source;
        }

        Of<T> plain(String field, FieldReader.Plain<T> reader) {
            fields.put(field, new Entry((object, arguments, call) -> reader.read(source.cast(object)), true));
            return this;
        }

        Of<T> with(String field, FieldReader<T> reader) {
            fields.put(field,
                    new Entry((object, arguments, call) -> reader.read(source.cast(object), arguments, call), false));
            return this;
        }

        /** A field that needs an access scope. */
        Of<T> scoped(String scope, String field, FieldReader<T> reader) {
            return with(field, (object, arguments, call) -> {
                call.require(scope, field);
                return reader.read(object, arguments, call);
            });
        }
    }

    /** What stands for the roots of queries and mutations. */
    enum Root {
        QUERY,
        MUTATION
    }

    /** The whole table. */
    static FieldTable whole() {
        FieldTable table = new FieldTable();
        ShopFields.add(table);
        CatalogueFields.add(table);
        StockFields.add(table);
        MetafieldFields.add(table);
        BulkFields.add(table);
        SubscriptionFields.add(table);
        ConnectionFields.add(table);
        InventoryMutations.add(table);
        ProductMutations.add(table);
        DeliveryFields.add(table);
        OrderFields.add(table);
        OrderParts.add(table);
        FulfillmentFields.add(table);
        OrderCreation.add(table);
        OrderMutations.add(table);
        RefundMutations.add(table);
        FulfillmentMutations.add(table);
        return table;
    }
}
