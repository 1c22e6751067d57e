package dev.tillbridge.access;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

import jakarta.enterprise.context.ApplicationScoped;

import io.quarkus.hibernate.reactive.panache.PanacheRepositoryBase;
import io.smallrye.mutiny.Uni;

@ApplicationScoped
class ApiKeyRepository implements PanacheRepositoryBase<ApiKey, UUID> {

    /** A use is written down once in this time: a busy key must not write its row with every request. */
    private static final Duration USE_GRAIN = Duration.ofMinutes(1);

    Uni<ApiKey> valid(byte[] secretHash) {
        return find("secretHash = ?1 and revokedAt is null", secretHash).firstResult();
    }

    Uni<List<ApiKey>> all() {
        return find("order by createdAt, id").list();
    }

    Uni<Void> used(UUID id, Instant now) {
        return update("lastUsedAt = ?1 where id = ?2 and (lastUsedAt is null or lastUsedAt < ?3)", now, id,
                now.minus(USE_GRAIN))
                .replaceWithVoid();
    }
}
