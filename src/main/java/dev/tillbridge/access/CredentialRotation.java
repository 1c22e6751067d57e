package dev.tillbridge.access;

import java.util.List;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

import org.jboss.logging.Logger;

import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;

/**
 * Encrypts the credentials that lie under an older key with the current one, so that the older key can be taken away. It
 * runs at start, on each replica: a row that another replica was faster with is left alone. As a job of its own
 * ({@code tillbridge.access.rotate-and-exit}) it says by its exit code whether the older keys may be taken away.
 */
@ApplicationScoped
class CredentialRotation {

    private static final Logger LOG = Logger.getLogger(CredentialRotation.class);

    private final Pool pool;
    private final CredentialVault vault;
    private final AccessConfig config;

    CredentialRotation(Pool pool, CredentialVault vault, AccessConfig config) {
        this.pool = pool;
        this.vault = vault;
        this.config = config;
    }

    void start(@Observes StartupEvent event) {
        if (config.rotateAndExit()) {
            exitCode().subscribe().with(Quarkus::asyncExit, failure -> {
                LOG.error("The credentials under older encryption keys were not encrypted anew", failure);
                Quarkus.asyncExit(1);
            });
            return;
        }
        // Beside the start, not before it: every row reads with its older key until it is done.
        rotate().subscribe().with(CredentialRotation::tell,
                failure -> LOG.error("The credentials under older encryption keys were not encrypted anew", failure));
    }

    /**
     * Rotates and looks again: a replica that still has an older key as its current one may have written meanwhile.
     *
     * @return 0 where no credential is left under an older key, else 1
     */
    Uni<Integer> exitCode() {
        return rotate().invoke(CredentialRotation::tell).chain(() -> vault.underOlderKeys(pool)).map(left -> {
            if (left.isEmpty()) {
                LOG.info("No credential is left under an older encryption key: older keys may be taken away");
                return 0;
            }
            LOG.errorf("%d credentials are left under older encryption keys: keep those keys, and run this again",
                    left.size());
            return 1;
        });
    }

    Uni<Outcome> rotate() {
        return vault.underOlderKeys(pool).chain(rows -> Multi.createFrom().iterable(rows)
                .onItem().transformToUniAndConcatenate(row -> vault.rotate(pool, row).onFailure(IllegalStateException.class)
                        .recoverWithItem(unreadable -> {
                            LOG.errorf("A credential keeps its older encryption key: %s", unreadable.getMessage());
                            return false;
                        }))
                .collect().asList().map(done -> new Outcome(count(done), rows.size())));
    }

    private static int count(List<Boolean> done) {
        return (int) done.stream().filter(Boolean::booleanValue).count();
    }

    private static void tell(Outcome outcome) {
        if (outcome.found() > 0) {
            LOG.infof("%d of %d credentials under older encryption keys were encrypted with the current one",
                    outcome.encrypted(), outcome.found());
        }
    }

    /**
     * @param encrypted how many credentials are under the current key now, by this replica
     * @param found how many were under another key before
     */
    record Outcome(int encrypted, int found) {}
}
