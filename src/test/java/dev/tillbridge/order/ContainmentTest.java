package dev.tillbridge.order;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.ConnectException;
import java.util.UUID;

import org.junit.jupiter.api.Test;

import io.vertx.pgclient.PgException;
import io.vertx.sqlclient.ClosedConnectionException;

import dev.tillbridge.channel.ConnectorException;
import dev.tillbridge.channel.NotConnectedException;
import dev.tillbridge.platform.Fence;

class ContainmentTest {

    @Test
    void staysWithTheSaleUnlessNothingCanBeStored() {
        assertThat(Containment.contained(new NullPointerException())).isTrue();
        assertThat(Containment.contained(new PgException("twice", "ERROR", "23505", "key"))).isTrue();
        assertThat(Containment.contained(new ConnectorException.Rejected("bad-request", 400, "no"))).isTrue();

        assertThat(Containment.contained(new Fence.Lost(UUID.randomUUID(), 3))).isFalse();
        assertThat(Containment.contained(new IllegalStateException(new Fence.Lost(UUID.randomUUID(), 3)))).isFalse();
        assertThat(Containment.contained(new NotConnectedException("gone"))).isFalse();
        assertThat(Containment.contained(ClosedConnectionException.INSTANCE)).isFalse();
        assertThat(Containment.contained(new ConnectException("refused"))).isFalse();
        assertThat(Containment.contained(new PgException("stopping", "FATAL", "57P01", null))).isFalse();
        assertThat(Containment.contained(new OutOfMemoryError())).isFalse();
    }

    /** A vendor's connection that was cut is not the database's. */
    @Test
    void knowsWhoseConnectionItWas() {
        assertThat(Containment.contained(new ConnectorException.Transient("cut", "cut", true, new IOException("reset"))))
                .isTrue();
    }

    @Test
    void tellsAPersonNoMoreThanItMay() {
        assertThat(Containment.message(new IllegalStateException("password"))).contains("IllegalStateException")
                .doesNotContain("password");
        assertThat(Containment.code(new IllegalStateException())).isEqualTo("internal-error");
        assertThat(Containment.message(new ConnectorException.Rejected("bad-request", 400, "why"))).isEqualTo("why");
    }
}
