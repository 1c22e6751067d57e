package dev.tillbridge.channel;

import java.util.Map;

import io.vertx.pgclient.PgException;

import dev.tillbridge.platform.ProblemCode;

/**
 * Says which rule of the database a change broke. The services ask beforehand, to spare the vendors a call; two requests
 * at the same moment are told apart only here.
 */
final class Conflicts {

    private static final Map<String, ProblemCode> BY_CONSTRAINT = Map.of(
            "store_shop_domain_key", ProblemCode.STORE_ALREADY_CONNECTED,
            "channel_name_key", ProblemCode.CHANNEL_NAME_TAKEN,
            "channel_merchant_key", ProblemCode.MERCHANT_ALREADY_CONNECTED,
            "channel_store_id_fkey", ProblemCode.STORE_HAS_CHANNELS);

    private Conflicts() {}

    static Throwable explain(Throwable failure) {
        if (failure instanceof PgException refused && refused.getConstraint() != null) {
            var code = BY_CONSTRAINT.get(refused.getConstraint());
            if (code != null) {
                return code.problem(detail(code));
            }
        }
        return failure;
    }

    static String detail(ProblemCode code) {
        return switch (code) {
            case STORE_ALREADY_CONNECTED ->
                "A shop is connected once. To give it other credentials, change those of the store that is there.";
            case CHANNEL_NAME_TAKEN -> "Names of channels are unique in their store, whatever their case. Choose another.";
            case MERCHANT_ALREADY_CONNECTED ->
                "A merchant is connected once in the whole installation, because two channels would write its stock against each"
                        + " other. Delete the other channel first, or give that one a new token.";
            case STORE_HAS_CHANNELS -> "Delete the channels of this store first; their journal stays.";
            default -> code.title();
        };
    }
}
