package dev.tillbridge.webhook;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

import org.jboss.logging.Logger;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;

import dev.tillbridge.access.CredentialVault;
import dev.tillbridge.channel.StoreChanged;
import dev.tillbridge.channel.StoreCredentialNames;
import dev.tillbridge.platform.Secret;

/**
 * The client secrets that a shop's webhooks may be signed with: the present one, the one before while it is accepted, and those of
 * stores of this shop that were deleted. Known shops are remembered for some seconds: reading and decrypting them for each of
 * hundreds of deliveries a second would cost more than all the rest.
 */
@ApplicationScoped
class StoreSecrets {

    private static final Logger LOG = Logger.getLogger(StoreSecrets.class);
    private static final Duration REMEMBERED = Duration.ofSeconds(10);
    /** A signature that does not fit may be of a secret that was given a moment ago through another replica. */
    private static final Duration FRESH = Duration.ofSeconds(1);

    private static final String OWNERS = """
            select s.id as store_id, s.id as owner_id, coalesce(s.previous_secret_until > clock_timestamp(), false) as previous
            from store s where s.shop_domain = $1
            union all
            select null, f.id, false from former_store f where f.shop_domain = $1 and f.keep_until > clock_timestamp()
            """;

    private final Pool pool;
    private final CredentialVault vault;
    private final Map<String, Remembered> remembered = new ConcurrentHashMap<>();

    StoreSecrets(Pool pool, CredentialVault vault) {
        this.pool = pool;
        this.vault = vault;
    }

    /**
     * What is known of a shop.
     *
     * @param storeId null where only deleted stores are known
     * @param secrets of the store that is connected
     * @param former of stores that were deleted
     */
    record Known(UUID storeId, List<Secret> secrets, List<Secret> former) {

        boolean nothing() {
            return storeId == null && former.isEmpty();
        }
    }

    private record Remembered(long at, Uni<Known> known) {

        boolean within(Duration age) {
            return System.nanoTime() - at < age.toNanos();
        }
    }

    /** On this replica what was changed counts at once. */
    void changed(@Observes StoreChanged event) {
        remembered.clear();
    }

    Uni<Known> of(String shopDomain) {
        return of(shopDomain, REMEMBERED);
    }

    /** As {@link #of}, but as it is now, or was a second ago. */
    Uni<Known> fresh(String shopDomain) {
        return of(shopDomain, FRESH);
    }

    private Uni<Known> of(String shopDomain, Duration age) {
        var before = remembered.get(shopDomain);
        if (before != null && before.within(age)) {
            return before.known();
        }
        Uni<Known> reading = read(shopDomain).memoize().indefinitely();
        var now = new Remembered(System.nanoTime(), reading);
        remembered.put(shopDomain, now);
        // Neither a failure nor a name that somebody made up is worth remembering.
        return reading.onFailure().invoke(() -> remembered.remove(shopDomain, now)).invoke(known -> {
            if (known.nothing()) {
                remembered.remove(shopDomain, now);
            }
        });
    }

    private Uni<Known> read(String shopDomain) {
        return pool.preparedQuery(OWNERS).execute(Tuple.of(shopDomain))
                .chain(rows -> Multi.createFrom().iterable(rows)
                        .onItem().transformToUniAndConcatenate(row -> readable(row.getUUID("owner_id"))
                                .map(kept -> new Owner(row.getUUID("store_id"), secrets(kept, row.getBoolean("previous")))))
                        .collect().asList())
                .map(StoreSecrets::known)
                .ifNoItem().after(Inbox.LONGEST).failWith(() -> Inbox.late("reading the client secrets"));
    }

    /** Of several owners one whose key is lost takes the others' secrets away from nobody. */
    private Uni<Map<String, Secret>> readable(UUID ownerId) {
        return vault.read(pool, ownerId)
                .onFailure(IllegalStateException.class).invoke(lost -> LOG.warnf(
                        "Webhooks cannot be verified with the client secret of %s: %s", ownerId, lost.getMessage()))
                .onFailure(IllegalStateException.class).recoverWithItem(lost -> Map.of());
    }

    private record Owner(UUID storeId, List<Secret> secrets) {}

    private static Known known(List<Owner> owners) {
        UUID storeId = null;
        List<Secret> secrets = List.of();
        List<Secret> former = new ArrayList<>();
        for (var owner : owners) {
            if (owner.storeId() != null) {
                storeId = owner.storeId();
                secrets = owner.secrets();
            } else {
                former.addAll(owner.secrets());
            }
        }
        return new Known(storeId, secrets, List.copyOf(former));
    }

    private static List<Secret> secrets(Map<String, Secret> kept, boolean previous) {
        List<Secret> secrets = new ArrayList<>();
        if (kept.containsKey(StoreCredentialNames.CLIENT_SECRET)) {
            secrets.add(kept.get(StoreCredentialNames.CLIENT_SECRET));
        }
        if (previous && kept.containsKey(StoreCredentialNames.PREVIOUS_CLIENT_SECRET)) {
            secrets.add(kept.get(StoreCredentialNames.PREVIOUS_CLIENT_SECRET));
        }
        return List.copyOf(secrets);
    }
}
