package dev.tillbridge.clover;

import java.time.Instant;
import java.util.List;
import java.util.Map;
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

    CloverTill(CloverRestClient client, CloverCaller caller, CloverAnswers answers, TillConnection connection) {
        this.client = client;
        this.caller = caller;
        this.answers = answers;
        this.bearer = "Bearer " + connection.token().reveal();
        this.merchantId = connection.merchantId();
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

    /** One page of items; {@code use} gets the time asked before and the answer. */
    <T> Uni<T> items(Lane lane, CloverOperation operation, ItemQuery query, Uni<Instant> clock,
            CloverCaller.Use<Instant, T> use) {
        return caller.call(lane, operation, clock, () -> client.list(bearer, merchantId, "items",
                query.filter() == null ? null : List.of(query.filter()), "itemStock", query.orderBy(), query.limit(),
                query.offset()), use);
    }

    <T> Uni<T> stock(String itemId, Uni<Instant> clock, CloverCaller.Use<Instant, T> use) {
        return caller.call(Lane.STOCK, CloverOperation.READ_STOCK, clock,
                () -> client.get(bearer, merchantId, "item_stocks", itemId), use);
    }

    <T> Uni<T> setStock(String itemId, Map<String, Object> body, Uni<Instant> clock, CloverCaller.Use<Instant, T> use) {
        return caller.call(Lane.STOCK, CloverOperation.WRITE_STOCK, clock,
                () -> client.post(bearer, merchantId, "item_stocks", itemId, body), use);
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
