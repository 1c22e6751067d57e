package dev.tillbridge.sandbox.shopify;

import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;

import dev.tillbridge.sandbox.behaviour.Behaviour;
import dev.tillbridge.sandbox.behaviour.Switch;

/**
 * Keys of the {@code @idempotent} directive (doc: api/usage/implementing-idempotency; schema texts of the error codes). A key
 * lives 24 h, then it is a new operation. A repeat with the same parameters does nothing and answers with its first result, its
 * objects read anew; with other parameters it is refused. Whether a key whose first attempt was refused is spent (the schema's
 * text read literally) is a switch.
 */
final class IdempotencyKeys {

    private static final long LIFE_MS = 24L * 60 * 60 * 1000;

    private record Used(String mutation, Map<String, Object> parameters, Map<String, Object> payload, boolean failed,
            long expiresAt) {}

    private final Clock clock;
    private final Behaviour behaviour;
    private final Map<String, Used> keys = new HashMap<>();
    private long sweptAt;

    IdempotencyKeys(Clock clock, Behaviour behaviour) {
        this.clock = clock;
        this.behaviour = behaviour;
    }

    /**
     * Does the work once per key.
     *
     * @param key null where the directive is missing
     * @param work gives the payload; an error thrown leaves the key unused
     * @param refuse makes a payload of nothing but user errors
     * @throws ShopifyError BAD_REQUEST if the directive is missing or the key blank
     */
    Map<String, Object> once(String app, String key, String mutation, Map<String, Object> parameters,
            Supplier<Map<String, Object>> work, Function<UserErrors, Map<String, Object>> refuse) {
        if (key == null) {
            throw new ShopifyError("BAD_REQUEST",
                    "The @idempotent directive is required for this mutation but was not provided.");
        }
        if (key.isBlank()) {
            throw new ShopifyError("BAD_REQUEST", "The idempotency key cannot be an empty string or whitespace only.");
        }
        sweep();
        Used before = keys.get(app + " " + key);
        if (before == null || before.expiresAt <= clock.millis()) {
            Map<String, Object> payload = work.get();
            boolean failed = !(payload.get("userErrors") instanceof java.util.List<?> errors && errors.isEmpty());
            if (!failed || behaviour.is(Switch.REFUSED_KEY, "spent")) {
                keys.put(app + " " + key, new Used(mutation, parameters, payload, failed, clock.millis() + LIFE_MS));
            }
            return payload;
        }
        if (!before.mutation.equals(mutation) || !before.parameters.equals(parameters)) {
            return refuse.apply(new UserErrors().add("IDEMPOTENCY_KEY_PARAMETER_MISMATCH",
                    "The same idempotency key cannot be used with different operation parameters."));
        }
        if (before.failed) {
            return refuse.apply(new UserErrors().add("IDEMPOTENCY_PREVIOUS_ATTEMPT_FAILED",
                    "A previous request with this idempotency key failed. Retry with a new idempotency key."));
        }
        return before.payload;
    }

    private void sweep() {
        long now = clock.millis();
        if (now - sweptAt > LIFE_MS / 24) {
            keys.values().removeIf(used -> used.expiresAt <= now);
            sweptAt = now;
        }
    }
}
