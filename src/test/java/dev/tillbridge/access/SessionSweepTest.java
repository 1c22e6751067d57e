package dev.tillbridge.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Set;
import java.util.UUID;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import dev.tillbridge.platform.PlainDatabase;

class SessionSweepTest {

    private static final PlainDatabase DATABASE = PlainDatabase.start();

    private final Sessions sessions = new Sessions(DATABASE.pool(), null, new Limits(), new NoProvider());

    @BeforeEach
    void nothing() {
        DATABASE.run("delete from dashboard_session");
    }

    @AfterAll
    static void close() {
        DATABASE.close();
    }

    @Test
    void whatIsOverIsDeletedAndTheRestIsKept() {
        var valid = key(false);
        var revoked = key(true);
        for (var key : new UUID[]{ valid, revoked}) {
            PlainDatabase.get(sessions.start(new Holder(SignedInBy.API_KEY, "till", Role.VIEWER, null, key)));
        }
        var idle = PlainDatabase.get(sessions.start(anna()));
        var old = PlainDatabase.get(sessions.start(anna()));
        var kept = PlainDatabase.get(sessions.start(anna()));
        DATABASE.run("update dashboard_session set used_at = now() - interval '61 minutes' where id = $1", idle.session().id());
        DATABASE.run("update dashboard_session set ends_at = now() - interval '1 second' where id = $1", old.session().id());

        PlainDatabase.get(sessions.forget());

        assertThat(DATABASE.texts("select id from dashboard_session where api_key_id is null"))
                .containsExactly(kept.session().id().toString());
        assertThat(DATABASE.texts("select api_key_id from dashboard_session where api_key_id is not null"))
                .containsExactly(valid.toString());
        assertThat(PlainDatabase.get(sessions.use(kept.token().reveal())).holder()).isEqualTo(anna());
        assertThat(PlainDatabase.get(sessions.use(idle.token().reveal()))).isNull();
    }

    private static Holder anna() {
        return new Holder(SignedInBy.OIDC, "anna", Role.OPERATOR, null, null);
    }

    private static UUID key(boolean revoked) {
        var id = UUID.randomUUID();
        DATABASE.run(
                "insert into api_key (id, name, secret_hash, role, created_by) values ($1, 'till', sha256(convert_to($2, 'UTF8')), 'viewer', 'test')",
                id, id.toString());
        if (revoked) {
            DATABASE.run("update api_key set revoked_at = now() where id = $1", id);
        }
        return id;
    }

    private static final class Limits implements SignInConfig {
        @Override
        public Duration idle() {
            return Duration.ofHours(1);
        }

        @Override
        public Duration longest() {
            return Duration.ofDays(1);
        }

        @Override
        public int wrongKeys() {
            return 1;
        }

        @Override
        public Duration oneMoreEvery() {
            return Duration.ofHours(1);
        }
    }

    private static final class NoProvider implements OidcConfig {
        @Override
        public String rolesClaim() {
            return "roles";
        }

        @Override
        public Set<String> viewer() {
            return Set.of();
        }

        @Override
        public Set<String> operator() {
            return Set.of();
        }

        @Override
        public Set<String> admin() {
            return Set.of();
        }

        @Override
        public Duration session() {
            return Duration.ofDays(1);
        }
    }
}
