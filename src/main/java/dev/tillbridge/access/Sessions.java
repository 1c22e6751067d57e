package dev.tillbridge.access;

import java.util.Arrays;
import java.util.UUID;

import jakarta.enterprise.context.ApplicationScoped;

import org.jboss.logging.Logger;

import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;

import dev.tillbridge.platform.Secret;
import dev.tillbridge.platform.SqlTime;

/** The sessions of browsers, for all replicas. A session is over when it was idle or lasted for too long, or when its key is revoked. */
@ApplicationScoped
class Sessions {

    private static final Logger LOG = Logger.getLogger(Sessions.class);

    private static final String START = """
            insert into dashboard_session (token_hash, signed_in_by, api_key_id, bootstrap_proof, name, role, ends_at)
            values ($1, $2, $3, $4, $5, $6, clock_timestamp() + $7 * interval '1 millisecond')
            returning id, ends_at
            """;

    /** What a key may do is the key's to say. A use is written down once a minute at most. */
    private static final String FIND = """
            select s.id, s.signed_in_by, s.bootstrap_proof, s.ends_at, s.api_key_id, k.store_id,
                   coalesce(k.name, s.name) as name, coalesce(k.role, s.role) as role,
                   s.used_at < clock_timestamp() - interval '1 minute' as unnoted
            from dashboard_session s left join api_key k on k.id = s.api_key_id
            where s.token_hash = $1 and s.ends_at > clock_timestamp()
              and s.used_at > clock_timestamp() - $2 * interval '1 millisecond' and k.revoked_at is null
            """;

    private static final String USED = """
            with used as (
              update dashboard_session set used_at = clock_timestamp() where id = $1 returning api_key_id)
            update api_key k set last_used_at = clock_timestamp() from used where k.id = used.api_key_id
            """;

    private static final String OVER = """
            delete from dashboard_session s
            where s.ends_at <= clock_timestamp() or s.used_at <= clock_timestamp() - $1 * interval '1 millisecond'
               or exists (select from api_key k where k.id = s.api_key_id and k.revoked_at is not null)
            """;

    private final Pool pool;
    private final BootstrapKey bootstrap;
    private final SignInConfig config;
    private final OidcConfig oidc;

    Sessions(Pool pool, BootstrapKey bootstrap, SignInConfig config, OidcConfig oidc) {
        this.pool = pool;
        this.bootstrap = bootstrap;
        this.config = config;
        this.oidc = oidc;
    }

    /** A session that was begun, and what its cookie is to hold. */
    record Started(Session session, Secret token) {}

    Uni<Started> start(Holder holder) {
        var token = SessionToken.create();
        var hash = KeyToken.hash(token.reveal());
        var known = holder.by() == SignedInBy.OIDC;
        var proof = known || holder.keyId() != null ? null : Buffer.buffer(bootstrap.proof(hash));
        return pool.preparedQuery(START)
                .execute(Tuple.from(Arrays.asList(Buffer.buffer(hash), holder.by().name(), holder.keyId(), proof,
                        known ? holder.name() : null, known ? holder.role().text() : null,
                        (known ? oidc.session() : config.longest()).toMillis())))
                .map(rows -> rows.iterator().next())
                .map(row -> new Started(new Session(row.getUUID("id"), holder, SessionToken.csrf(token.reveal()),
                        SqlTime.instant(row, "ends_at")), token))
                .invoke(started -> LOG.infof("'%s' (%s) signed in to the dashboard", holder.name(), holder.role().text()));
    }

    /** The session of this cookie, null where there is none or it is over; writes down that it was used. */
    Uni<Session> use(String token) {
        var hash = KeyToken.hash(token);
        return pool.preparedQuery(FIND).execute(Tuple.of(Buffer.buffer(hash), config.idle().toMillis())).chain(rows -> {
            var found = rows.iterator();
            if (!found.hasNext()) {
                return Uni.createFrom().nullItem();
            }
            var row = found.next();
            var session = new Session(row.getUUID("id"), holder(row, hash), SessionToken.csrf(token),
                    SqlTime.instant(row, "ends_at"));
            if (session.holder() == null) {
                return end(session.id()).replaceWith((Session) null);
            }
            return row.getBoolean("unnoted")
                    ? pool.preparedQuery(USED).execute(Tuple.of(session.id())).replaceWith(session)
                    : Uni.createFrom().item(session);
        });
    }

    Uni<Void> end(UUID id) {
        return pool.preparedQuery("delete from dashboard_session where id = $1").execute(Tuple.of(id)).replaceWithVoid();
    }

    @Scheduled(identity = "sessions", every = "10m", delayed = "1m", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    Uni<Void> forget() {
        return pool.preparedQuery(OVER).execute(Tuple.of(config.idle().toMillis())).replaceWithVoid()
                .onFailure()
                .invoke(failure -> LOG.warnf("Sessions that are over could not be deleted: %s", failure.getMessage()))
                .onFailure().recoverWithNull();
    }

    /** Null where the bootstrap key is another one by now. */
    private Holder holder(Row row, byte[] hash) {
        var proof = row.getBuffer("bootstrap_proof");
        if (proof != null) {
            return bootstrap.proves(hash, proof.getBytes()) ? Holder.bootstrap() : null;
        }
        return new Holder(SignedInBy.valueOf(row.getString("signed_in_by")), row.getString("name"),
                Role.of(row.getString("role")), row.getUUID("store_id"), row.getUUID("api_key_id"));
    }
}
