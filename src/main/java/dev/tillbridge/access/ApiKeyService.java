package dev.tillbridge.access;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

import jakarta.enterprise.context.ApplicationScoped;

import org.hibernate.exception.ConstraintViolationException;
import org.jboss.logging.Logger;

import io.quarkus.hibernate.reactive.panache.Panache;
import io.smallrye.mutiny.Uni;

import dev.tillbridge.platform.DatabaseClock;
import dev.tillbridge.platform.ProblemCode;
import dev.tillbridge.platform.Secret;
import dev.tillbridge.platform.Violation;

/** Makes, lists, finds and revokes API keys. */
@ApplicationScoped
class ApiKeyService {

    private static final Logger LOG = Logger.getLogger(ApiKeyService.class);
    /** Who the journal calls by these names is no key of the table. */
    private static final Set<String> RESERVED = Set.of("tillbridge", BootstrapKey.NAME);
    private static final String FOREIGN_KEY_VIOLATION = "23503";

    private final ApiKeyRepository keys;
    private final DatabaseClock clock;
    private final FailedAttempts attempts;

    ApiKeyService(ApiKeyRepository keys, DatabaseClock clock, FailedAttempts attempts) {
        this.keys = keys;
        this.clock = clock;
        this.attempts = attempts;
    }

    Uni<List<ApiKey>> list() {
        return Panache.withSession(keys::all);
    }

    Uni<Created> create(String name, Role role, UUID storeId, String createdBy) {
        if (RESERVED.contains(name.toLowerCase(Locale.ROOT))) {
            throw ProblemCode.VALIDATION_FAILED.problem(
                    "The name " + name + " is reserved: the journal could not tell who it was.",
                    Map.of("violations", List.of(new Violation("name", "is reserved"))));
        }
        var token = KeyToken.create();
        return clock.now().chain(now -> Panache.withTransaction(() -> keys.persistAndFlush(
                new ApiKey(name, KeyToken.hash(token.reveal()), role, storeId, now, createdBy))))
                .map(key -> new Created(key, token))
                .invoke(() -> attempts.wasRight(KeyToken.hash(token.reveal())))
                .invoke(created -> LOG.infof("API key '%s' (%s, %s) was made by '%s'", name, created.key().id(), role.text(),
                        createdBy))
                .onFailure(ApiKeyService::isUnknownStore).transform(failure -> ProblemCode.VALIDATION_FAILED.problem(
                        "There is no store " + storeId + " to limit the key to.",
                        Map.of("violations", List.of(
                                new Violation("storeId", "is no connected store")))));
    }

    /** Fails with {@code not-found} where there is no such key; revoking twice does nothing. */
    Uni<Void> revoke(UUID id, String by) {
        return clock.now().chain(now -> Panache.withTransaction(() -> keys.findById(id)
                .onItem().ifNull().failWith(() -> ProblemCode.NOT_FOUND.problem("There is no key " + id + "."))
                .invoke(key -> key.revoke(now))))
                .invoke(key -> LOG.infof("API key '%s' (%s, %s) was revoked by '%s'", key.name(), id, key.role().text(), by))
                .replaceWithVoid();
    }

    /** The key with this hash, null where there is none or it was revoked; writes down that it was used. */
    Uni<ApiKey> use(byte[] secretHash) {
        return Panache.withSession(() -> keys.valid(secretHash)).call(key -> key == null
                ? Uni.createFrom().voidItem()
                : clock.now().chain(now -> Panache.withTransaction(() -> keys.used(key.id(), now))));
    }

    private static boolean isUnknownStore(Throwable failure) {
        for (var cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof ConstraintViolationException refused) {
                return FOREIGN_KEY_VIOLATION.equals(refused.getSQLState());
            }
        }
        return false;
    }

    /** A new key and its token, which is shown this once. */
    record Created(ApiKey key, Secret token) {}
}
