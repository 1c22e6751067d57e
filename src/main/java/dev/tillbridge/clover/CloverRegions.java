package dev.tillbridge.clover;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

import jakarta.inject.Singleton;

import io.smallrye.mutiny.Uni;

import dev.tillbridge.channel.ConnectorException;
import dev.tillbridge.channel.TillConnection;

/**
 * Says why Clover answers 401 to the merchant's read, as far as it can be told: a missing permission shows when another
 * read succeeds, a wrong region when another one accepts the token. A wrong token and a wrong merchant id look the same.
 */
@Singleton
class CloverRegions {

    private final CloverTills tills;
    private final CloverConfig config;

    CloverRegions(CloverTills tills, CloverConfig config) {
        this.tills = tills;
        this.config = config;
    }

    /** What to tell; it does not fail. */
    Uni<ConnectorException> explain(TillConnection connection, CloverTill till) {
        return anyRead(till).chain(accepted -> accepted
                ? Uni.createFrom().item(unauthorized("Clover accepts this token for merchant " + connection.merchantId()
                        + ", but it lacks the permission \"" + CloverPermission.MERCHANT_R.label()
                        + "\", without which nothing can be set up. Make a token that has it."))
                : elsewhere(connection));
    }

    private static Uni<Boolean> anyRead(CloverTill till) {
        List<Uni<Boolean>> reads = Arrays.stream(CloverPermission.values())
                .filter(permission -> !permission.write() && permission != CloverPermission.MERCHANT_R)
                .map(permission -> till.tryRead(permission.collection()).map(list -> list.elements() != null)
                        .onFailure(ConnectorException.class).recoverWithItem(false))
                .toList();
        return Uni.join().all(reads).andFailFast().map(answers -> answers.contains(true));
    }

    private Uni<ConnectorException> elsewhere(TillConnection connection) {
        List<Uni<Asked>> asked = others(connection).stream().map(region -> ask(connection, region)).toList();
        if (asked.isEmpty()) {
            return Uni.createFrom().item(refused(connection, List.of()));
        }
        return Uni.join().all(asked).andFailFast().map(answers -> {
            Optional<Asked> home = answers.stream().filter(answer -> answer.answer() == Answer.ACCEPTED).findFirst();
            return home.isPresent()
                    ? unauthorized("The region " + connection.region() + " does not know this token and merchant, but "
                            + home.get().region().key() + " (" + home.get().region().label()
                            + ") accepts them. Choose that region.")
                    : refused(connection, answers);
        });
    }

    /** Regions whose connection is no less protected: a token never leaves https for plain http. */
    private List<CloverRegion> others(TillConnection connection) {
        String scheme = scheme(CloverRegion.named(connection.region()).orElseThrow());
        return Arrays.stream(CloverRegion.values())
                .filter(region -> !region.key().equals(connection.region()) && scheme(region).equals(scheme)).toList();
    }

    private String scheme(CloverRegion region) {
        return String.valueOf(region.url(config.url()).getScheme());
    }

    private Uni<Asked> ask(TillConnection connection, CloverRegion region) {
        TillConnection there = new TillConnection(region.key(), connection.merchantId(), connection.token());
        return Uni.createFrom().deferred(() -> tills.of(there).tryRegion())
                .map(merchant -> connection.merchantId().equals(merchant.id()) ? Answer.ACCEPTED : Answer.NONE)
                .onFailure(ConnectorException.Unauthorized.class).recoverWithItem(Answer.REFUSED)
                .onFailure(ConnectorException.class).recoverWithItem(Answer.NONE)
                .onTermination().invoke(() -> tills.forget(there))
                .map(answer -> new Asked(region, answer));
    }

    private static ConnectorException refused(TillConnection connection, List<Asked> others) {
        List<String> candidates = new ArrayList<>();
        candidates.add("the token was mistyped, has expired or was revoked");
        candidates.add("the merchant id is not that of the merchant who made the token");
        String refusedBy = keys(others, Answer.REFUSED);
        String silent = keys(others, Answer.NONE);
        String tried = (refusedBy.isEmpty() ? "" : " Refused as well by: " + refusedBy + ".")
                + (silent.isEmpty() ? "" : " Could not be asked: " + silent + ".");
        if (others.isEmpty() || !silent.isEmpty()) {
            candidates.add("the region is another one");
        }
        return unauthorized("Clover did not accept this token for merchant " + connection.merchantId() + " in region "
                + connection.region() + ". It does not say why; one of: " + String.join("; ", candidates)
                + "; the token has no permission at all." + tried);
    }

    private static String keys(List<Asked> others, Answer answer) {
        return String.join(", ",
                others.stream().filter(asked -> asked.answer() == answer).map(asked -> asked.region().key()).toList());
    }

    private static ConnectorException unauthorized(String message) {
        return new ConnectorException.Unauthorized(message);
    }

    private enum Answer {
        ACCEPTED,
        REFUSED,
        NONE
    }

    private record Asked(CloverRegion region, Answer answer) {}
}
