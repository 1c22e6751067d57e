package dev.tillbridge.sync;

import java.time.Duration;
import java.util.List;

import jakarta.enterprise.context.ApplicationScoped;

import io.smallrye.mutiny.Uni;

import dev.tillbridge.platform.Replica;

/**
 * Which stores this replica takes: of those that nobody held some at a time, so that a replica that starts does not take them
 * all; of those whose holder is gone as many as there are, because they have waited for a lease already.
 */
@ApplicationScoped
class StoreClaims {

    private final LeaseRepository leases;
    private final SyncConfig config;
    private final String owner;

    StoreClaims(LeaseRepository leases, SyncConfig config, Replica replica) {
        this.leases = leases;
        this.config = config;
        this.owner = replica.id();
    }

    /**
     * What one claim won.
     *
     * @param takenOver whether some were held by others before, so that there may be more of them
     */
    record Round(List<HeldLease> claimed, boolean takenOver) {}

    /** @param held how many it holds already */
    Uni<Round> round(int held) {
        int most = Math.min(config.claim(), config.stores() - held);
        if (most <= 0) {
            return Uni.createFrom().item(new Round(List.of(), false));
        }
        long asked = System.nanoTime();
        return leases.claim(owner, config.lease(), most).map(won -> new Round(
                won.stream().map(claim -> new HeldLease(claim.storeId(), claim.fence(), asked, config.lease())).toList(),
                won.stream().anyMatch(LeaseRepository.Claim::takenOver)));
    }

    /** How long until a lease of another replica ends, where that is within the horizon; else null. */
    Uni<Duration> nextEnd(Duration horizon) {
        return leases.nextEnd(owner, horizon);
    }
}
