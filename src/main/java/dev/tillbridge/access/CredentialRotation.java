package dev.tillbridge.access;

import java.util.List;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

import org.jboss.logging.Logger;

import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;

/**
 * Encrypts the credentials that lie under an older key with the current one, so that the older key can be taken away. It
 * runs at start, on each replica: a row that another replica was faster with is left alone.
 */
@ApplicationScoped
class CredentialRotation {

    private static final Logger LOG = Logger.getLogger(CredentialRotation.class);

    private final Pool pool;
    private final CredentialVault vault;

    CredentialRotation(Pool pool, CredentialVault vault) {
        this.pool = pool;
        this.vault = vault;
    }

    void start(@Observes StartupEvent event) {
        // Beside the start, not before it: every row reads with its older key until it is done.
        rotate().subscribe().with(CredentialRotation::tell,
                failure -> LOG.error("The credentials under older encryption keys were not encrypted anew", failure));
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
