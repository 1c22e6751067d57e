package dev.tillbridge.clover;

import static dev.tillbridge.clover.CloverConnectorTest.await;
import static dev.tillbridge.clover.CloverConnectorTest.till;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.inject.Inject;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;

import dev.tillbridge.channel.ConnectorException;
import dev.tillbridge.channel.PointOfSale.Pace;
import dev.tillbridge.channel.TillConnection;
import dev.tillbridge.order.Sale;
import dev.tillbridge.order.SaleNote;
import dev.tillbridge.testing.ControlApi;
import dev.tillbridge.testing.SandboxResource;

/** Notes of a till's sales against the sandbox. */
@QuarkusTest
@QuarkusTestResource(SandboxResource.class)
@TestProfile(CloverConnectorTest.Quick.class)
class CloverNotesTest {

    private static final TillConnection TILL = till("us", SandboxResource.CLOVER_TOKEN);

    @Inject
    CloverConnector clover;

    @BeforeEach
    void startAnew() {
        SandboxResource.sandbox().reset();
        clover.forget(TILL);
    }

    @AfterEach
    void noFaults() {
        ControlApi.delete("/faults");
    }

    @Test
    void aNoteIsReplacedAndNothingElseOfTheSale() {
        String id = sold("\"note\":\"Ring twice\",\"title\":\"Table 4\",\"orderType\":\"Delivery\"");
        assertThat(await(clover.note(TILL, id)).text()).isEqualTo("Ring twice");
        Sale before = await(clover.sale(TILL, id, Pace.FULL));

        await(clover.writeNote(TILL, id, "Ring twice\nTillbridge: sent"));

        assertThat(await(clover.note(TILL, id)).text()).isEqualTo("Ring twice\nTillbridge: sent");
        Sale after = await(clover.sale(TILL, id, Pace.FULL));
        assertThat(after.title()).isEqualTo("Table 4");
        assertThat(after.total()).isEqualTo(before.total());
        assertThat(after.lines()).isEqualTo(before.lines());
        assertThat(after.orderTypeId()).isEqualTo(before.orderTypeId());
        assertThat(after.paymentState()).isEqualTo("PAID");
    }

    @Test
    void aSaleWithoutNoteHasAnEmptyOneAndOneThatIsNotThereNone() {
        String id = sold("");
        assertThat(await(clover.note(TILL, id)).text()).isEmpty();
        await(clover.writeNote(TILL, id, "x".repeat(SaleNote.LONGEST)));
        assertThat(await(clover.note(TILL, id)).text()).hasSize(SaleNote.LONGEST);
        await(clover.writeNote(TILL, id, ""));
        assertThat(await(clover.note(TILL, id)).text()).isEmpty();
        assertThat(await(clover.note(TILL, "0000000000000"))).isNull();
        assertThatThrownBy(() -> await(clover.writeNote(TILL, id, "x".repeat(SaleNote.LONGEST + 1))))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> await(clover.writeNote(TILL, "0000000000000", "x")))
                .isInstanceOfSatisfying(ConnectorException.Rejected.class,
                        refused -> assertThat(refused.code()).isEqualTo("not-found"));
    }

    @Test
    void aWriteIsSentOnceAndALostAnswerLeavesItsOutcomeUnknown() {
        String id = sold("");
        for (String fault : new String[]{ "RESET_AFTER", "SERVER_ERROR_AFTER"}) {
            ControlApi.delete("/requests");
            ControlApi.fault("orders.post", fault, 1);
            assertThatThrownBy(() -> await(clover.writeNote(TILL, id, fault)))
                    .isInstanceOfSatisfying(ConnectorException.class,
                            failure -> assertThat(failure.outcomeUnknown()).isTrue());
            assertThat(ControlApi.calls("orders.post")).isEqualTo(1);
            assertThat(await(clover.note(TILL, id)).text()).isEqualTo(fault);
            ControlApi.delete("/faults");
        }
    }

    @Test
    void aTokenThatMayNotWriteOrdersIsRefusedByName() {
        String id = sold("");
        JsonNode token = ControlApi.send("POST", "/clover/tokens", "{\"permissions\":[\"ORDERS_R\",\"MERCHANT_R\"]}");
        TillConnection reader = till("us", token.path("token").asText());
        assertThat(await(clover.note(reader, id)).text()).isEmpty();
        assertThatThrownBy(() -> await(clover.writeNote(reader, id, "x")))
                .isInstanceOf(ConnectorException.Unauthorized.class).hasMessageContaining("Orders: write");
    }

    private static String sold(String fields) {
        return ControlApi.send("POST", "/clover/sales", "{\"lines\":[{\"name\":\"Repair\",\"price\":1000,\"units\":2}]"
                + (fields.isEmpty() ? "" : ",") + fields + "}").path("orderId").asText();
    }
}
