package dev.tillbridge.sync;

import java.time.Duration;
import java.util.ArrayList;
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

    /** @param held how many it holds already */
    Uni<List<HeldLease>> claim(int held) {
        return claim(config.stores() - held, new ArrayList<>());
    }

    /** How long until a lease of another replica ends, where that is within the horizon; else null. */
    Uni<Duration> nextEnd(Duration horizon) {
        return leases.nextEnd(owner, horizon);
    }

    private Uni<List<HeldLease>> claim(int room, List<HeldLease> claimed) {
        int most = Math.min(config.claim(), room);
        if (most <= 0) {
            return Uni.createFrom().item(claimed);
        }
        long asked = System.nanoTime();
        return leases.claim(owner, config.lease(), most).chain(won -> {
            won.forEach(claim -> claimed.add(new HeldLease(claim.storeId(), claim.fence(), asked, config.lease())));
            return won.stream().anyMatch(LeaseRepository.Claim::takenOver)
                    ? claim(room - won.size(), claimed)
                    : Uni.createFrom().item(claimed);
        });
    }
}
