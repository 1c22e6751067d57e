package dev.tillbridge.clover;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;

import io.smallrye.mutiny.Uni;

import dev.tillbridge.channel.TillConnection;

/** Clover's operations for one till, judged and parsed. */
final class CloverTill {

    private final CloverRestClient client;
    private final CloverCaller caller;
    private final CloverAnswers answers;
    private final String bearer;
    private final String merchantId;
    private final TillNames names;
    private final AtomicBoolean creditsMissed = new AtomicBoolean();

    CloverTill(CloverRestClient client, CloverCaller caller, CloverAnswers answers, TillConnection connection) {
        this.client = client;
        this.caller = caller;
        this.answers = answers;
        this.bearer = "Bearer " + connection.token().reveal();
        this.merchantId = connection.merchantId();
        this.names = new TillNames(this, System::nanoTime);
    }

    CloverAnswers answers() {
        return answers;
    }

    Uni<CloverWire.Merchant> merchant() {
        return merchant(CloverOperation.READ_MERCHANT);
    }

    /** Whether token and merchant belong together here. */
    Uni<CloverWire.Merchant> tryRegion() {
        return merchant(CloverOperation.TRY_REGION);
    }

    private Uni<CloverWire.Merchant> merchant(CloverOperation operation) {
        return caller.call(Lane.INTERACTIVE, operation, () -> client.merchant(bearer, merchantId),
                parsed(operation, CloverWire.Merchant.class));
    }

    Uni<CloverWire.Properties> properties() {
        return caller.call(Lane.INTERACTIVE, CloverOperation.READ_PROPERTIES,
                () -> client.list(bearer, merchantId, "properties", null, null, null, null, null),
                parsed(CloverOperation.READ_PROPERTIES, CloverWire.Properties.class));
    }

    /** One page of a list; {@code use} gets the time asked before and the answer. */
    <T> Uni<T> list(Lane lane, RowList<?> list, ListQuery query, Uni<Instant> clock, CloverCaller.Use<Instant, T> use) {
        List<String> filters = query.filters().isEmpty() ? null : query.filters();
        return caller.call(lane, list.operation(), clock, () -> list.orderId() == null
                ? client.list(bearer, merchantId, list.name(), filters, list.expand(), query.orderBy(), query.limit(),
                        query.offset())
                : client.part(bearer, merchantId, list.owner(), list.orderId(), list.name(), filters, list.expand(),
                        query.orderBy(), query.limit(), query.offset()),
                use);
    }

    /** @param expand what the order is to hold beside its own fields, separated by commas; at most three, may be null */
    Uni<OrderWire.Order> order(Lane lane, String orderId, String expand) {
        return caller.call(lane, CloverOperation.READ_ORDER,
                () -> client.get(bearer, merchantId, "orders", orderId, expand),
                parsed(CloverOperation.READ_ORDER, OrderWire.Order.class));
    }

    /** The order's own fields, as a list would show them. */
    Uni<RowPage<OrderWire.Order>> orderRow(String orderId) {
        return row(CloverOperation.READ_ORDER, "orders", orderId, OrderWire.Order.class);
    }

    /** The payment as a list would show it. */
    Uni<RowPage<OrderWire.Payment>> paymentRow(String paymentId) {
        return row(CloverOperation.READ_PAYMENT, "payments", paymentId, OrderWire.Payment.class);
    }

    private <R> Uni<RowPage<R>> row(CloverOperation operation, String list, String id, Class<R> shape) {
        return caller.call(Lane.SALES, operation, () -> client.get(bearer, merchantId, list, id, null),
                answer -> new RowPage<>(List.of(answers.parse(operation, answer, shape)), null,
                        answers.date(operation, answer)));
    }

    /** The order's own fields. */
    Uni<OrderWire.Order> note(String orderId) {
        return caller.call(Lane.CATALOGUE, CloverOperation.READ_NOTE,
                () -> client.get(bearer, merchantId, "orders", orderId, null),
                parsed(CloverOperation.READ_NOTE, OrderWire.Order.class));
    }

    /** The order as it is afterwards. */
    Uni<OrderWire.Order> writeNote(String orderId, String note) {
        return caller.call(Lane.CATALOGUE, CloverOperation.WRITE_NOTE,
                () -> client.post(bearer, merchantId, "orders", orderId, Map.of("note", note)),
                parsed(CloverOperation.WRITE_NOTE, OrderWire.Order.class));
    }

    Uni<OrderWire.Customer> customer(String customerId) {
        return caller.call(Lane.SALES, CloverOperation.READ_CUSTOMER,
                () -> client.get(bearer, merchantId, "customers", customerId, "emailAddresses,phoneNumbers"),
                parsed(CloverOperation.READ_CUSTOMER, OrderWire.Customer.class));
    }

    /** Whether it is the first time that this till turns out to have no list of credits. */
    boolean firstWithoutCredits() {
        return creditsMissed.compareAndSet(false, true);
    }

    /** The names that go with ids in this till's orders. */
    TillNames names() {
        return names;
    }

    <T> Uni<T> stock(String itemId, Uni<Instant> clock, CloverCaller.Use<Instant, T> use) {
        return caller.call(Lane.STOCK, CloverOperation.READ_STOCK, clock,
                () -> client.get(bearer, merchantId, "item_stocks", itemId, null), use);
    }

    <T> Uni<T> setStock(String itemId, Map<String, Object> body, Uni<Instant> clock, CloverCaller.Use<Instant, T> use) {
        return caller.call(Lane.STOCK, CloverOperation.WRITE_STOCK, clock,
                () -> client.post(bearer, merchantId, "item_stocks", itemId, body), use);
    }

    <T> Uni<T> updateItems(Map<String, Object> body, Function<CloverAnswer, T> use) {
        return caller.call(Lane.PRICES, CloverOperation.WRITE_PRICES,
                () -> client.put(bearer, merchantId, "bulk_items", body), use);
    }

    /** Adds to a collection, or to a list of one of its objects where {@code id} and {@code part} are given. */
    <T> Uni<T> create(CloverOperation operation, String collection, String id, String part, Map<String, Object> body,
            Uni<Instant> clock, CloverCaller.Use<Instant, T> use) {
        return caller.call(Lane.CATALOGUE, operation, clock, () -> id == null
                ? client.create(bearer, merchantId, collection, body)
                : client.createPart(bearer, merchantId, collection, id, part, body), use);
    }

    /** Changes the fields given of a collection's object. */
    <T> Uni<T> change(String collection, String id, Map<String, Object> body, Uni<Instant> clock,
            CloverCaller.Use<Instant, T> use) {
        return caller.call(Lane.CATALOGUE, CloverOperation.CHANGE_CATALOGUE, clock,
                () -> client.post(bearer, merchantId, collection, id, body), use);
    }

    /** Changes the fields given of an object in a list of another one's. */
    <T> Uni<T> changePart(String collection, String id, String part, String partId, Map<String, Object> body,
            Uni<Instant> clock, CloverCaller.Use<Instant, T> use) {
        return caller.call(Lane.CATALOGUE, CloverOperation.CHANGE_CATALOGUE, clock,
                () -> client.postPart(bearer, merchantId, collection, id, part, partId, body), use);
    }

    /** Takes pairs out of a collection that joins them. */
    Uni<Void> leave(String collection, Map<String, Object> body, Uni<Instant> clock) {
        return caller.call(Lane.CATALOGUE, CloverOperation.CHANGE_CATALOGUE, clock,
                () -> client.delete(bearer, merchantId, collection, true, body), (asOf, answer) -> null);
    }

    /** Reads a list's first element, for the right to. */
    Uni<CloverWire.Refs> tryRead(String collection) {
        return caller.call(Lane.INTERACTIVE, CloverOperation.TRY_PERMISSION,
                () -> client.list(bearer, merchantId, collection, null, null, null, 1, null),
                parsed(CloverOperation.TRY_PERMISSION, CloverWire.Refs.class));
    }

    /** Sends an update of nothing to something that is not there, for the right to. */
    Uni<Void> tryWrite(String collection, String absentId) {
        return caller.call(Lane.INTERACTIVE, CloverOperation.TRY_PERMISSION,
                () -> client.post(bearer, merchantId, collection, absentId, Map.of()), answer -> null);
    }

    private <T> Function<CloverAnswer, T> parsed(CloverOperation operation, Class<T> shape) {
        return answer -> answers.parse(operation, answer, shape);
    }
}
