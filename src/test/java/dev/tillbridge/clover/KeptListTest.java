package dev.tillbridge.clover;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.junit.jupiter.api.Test;

import io.smallrye.mutiny.Uni;

import dev.tillbridge.channel.ConnectorException;

class KeptListTest {

    private static final OrderWire.Tender CASH = new OrderWire.Tender("T1", "Cash", "com.clover.tender.cash");

    private long now;
    private int reads;
    private Throwable failure;

    private final KeptList<OrderWire.Tender> list = new KeptList<>(() -> {
        reads++;
        return failure == null ? Uni.createFrom().item(List.of(CASH)) : Uni.createFrom().failure(failure);
    }, () -> now);

    private Map<String, OrderWire.Tender> with(String... ids) {
        return list.with(Set.of(ids)).await().indefinitely();
    }

    private void pass(Duration time) {
        now += time.toNanos();
    }

    @Test
    void itIsReadOnceAnHour() {
        assertThat(with()).isEmpty();
        assertThat(reads).isZero();
        assertThat(with("T1")).containsEntry("T1", CASH);
        pass(Duration.ofMinutes(59));
        assertThat(with("T1")).containsEntry("T1", CASH);
        assertThat(reads).isEqualTo(1);
        pass(Duration.ofMinutes(1));
        assertThat(with("T1")).containsEntry("T1", CASH);
        assertThat(reads).isEqualTo(2);
    }

    @Test
    void anIdThatIsNotInMakesItBeReadAgainOnceAMinute() {
        assertThat(with("T2")).doesNotContainKey("T2");
        assertThat(with("T2")).doesNotContainKey("T2");
        assertThat(reads).isEqualTo(1);
        pass(Duration.ofMinutes(1));
        assertThat(with("T2")).doesNotContainKey("T2");
        assertThat(reads).isEqualTo(2);
    }

    @Test
    void withoutThePermissionItIsEmptyForAnHour() {
        failure = new ConnectorException.Unauthorized("no");
        assertThat(with("T1")).isEmpty();
        pass(Duration.ofMinutes(30));
        assertThat(with("T1")).isEmpty();
        assertThat(reads).isEqualTo(1);
        failure = null;
        pass(Duration.ofMinutes(30));
        assertThat(with("T1")).containsEntry("T1", CASH);
    }

    @Test
    void whatPassesByItselfIsNotKept() {
        failure = new ConnectorException.Transient("timeout", "late", false, null);
        assertThatThrownBy(() -> with("T1")).isSameAs(failure);
        failure = null;
        assertThat(with("T1")).containsEntry("T1", CASH);
    }
}
