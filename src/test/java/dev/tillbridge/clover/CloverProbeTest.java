package dev.tillbridge.clover;

import static dev.tillbridge.clover.CloverConnectorTest.await;
import static dev.tillbridge.clover.CloverConnectorTest.till;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

import jakarta.inject.Inject;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;

import dev.tillbridge.channel.ConnectorException;
import dev.tillbridge.channel.TillFinding;
import dev.tillbridge.channel.TillProbe;
import dev.tillbridge.testing.ControlApi;
import dev.tillbridge.testing.SandboxResource;

@QuarkusTest
@QuarkusTestResource(SandboxResource.class)
@TestProfile(CloverConnectorTest.Quick.class)
class CloverProbeTest {

    @Inject
    CloverConnector clover;

    @BeforeEach
    void startAnew() {
        SandboxResource.sandbox().reset();
    }

    private static String allBut(String missing) {
        return Arrays.stream(CloverPermission.values()).map(Enum::name).filter(name -> !name.equals(missing))
                .map(name -> '"' + name + '"').collect(Collectors.joining(","));
    }

    @Test
    void aTokenMadeByTheInstructionsIsGrantedEverything() {
        TillProbe probe = await(clover.probe(till("us", SandboxResource.CLOVER_TOKEN)));

        assertThat(probe.merchant().id()).isEqualTo(SandboxResource.MERCHANT);
        assertThat(probe.merchant().currency()).isEqualTo("USD");
        assertThat(probe.granted()).containsExactlyInAnyOrder("CUSTOMERS_R", "CUSTOMERS_W", "EMPLOYEES_R", "INVENTORY_R",
                "INVENTORY_W", "MERCHANT_R", "ORDERS_R", "ORDERS_W", "PAYMENTS_R");
        assertThat(probe.missing()).isEmpty();
        assertThat(probe.unverified()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = { "CUSTOMERS_R", "CUSTOMERS_W", "EMPLOYEES_R", "INVENTORY_R", "INVENTORY_W", "ORDERS_R", "ORDERS_W",
            "PAYMENTS_R"})
    void aMissingPermissionIsNamed(String missing) {
        TillProbe probe = await(clover.probe(till("us", ControlApi.token(allBut(missing)))));

        assertThat(probe.missing()).containsExactly(missing);
        assertThat(probe.granted()).hasSize(8);
        assertThat(probe.unverified()).isEmpty();
    }

    @Test
    void whereTheIdIsLookedForFirstWritesStayUnverified() {
        ControlApi.put("/behaviour", "{\"rightsChecked\":\"afterExistence\"}");

        TillProbe probe = await(clover.probe(till("us", ControlApi.token(allBut("INVENTORY_W")))));

        assertThat(probe.unverified()).containsExactlyInAnyOrder("CUSTOMERS_W", "INVENTORY_W", "ORDERS_W");
        assertThat(probe.missing()).isEmpty();
    }

    @Test
    void aTokenThatLacksNothingGivesNoProofOfItsWrites() {
        String token = ControlApi.token(allBut("") + ",\"EMPLOYEES_W\",\"MERCHANT_W\",\"PAYMENTS_W\"");

        TillProbe probe = await(clover.probe(till("us", token)));

        assertThat(probe.unverified()).containsExactlyInAnyOrder("CUSTOMERS_W", "INVENTORY_W", "ORDERS_W");
        assertThat(probe.granted()).hasSize(6);
    }

    @Test
    void whoLooksOnIsToldOfEachPermissionOnceAndOfWritesLast() {
        List<TillFinding> told = await(
                clover.findings(till("us", ControlApi.token(allBut("ORDERS_R")))).collect().asList());

        assertThat(told).extracting(TillFinding::permission).containsExactlyInAnyOrder(
                Arrays.stream(CloverPermission.values()).map(Enum::name).toArray(String[]::new));
        assertThat(told).filteredOn(each -> each.finding() == TillFinding.Finding.MISSING)
                .extracting(TillFinding::permission).containsExactly("ORDERS_R");
        assertThat(told.subList(6, 9)).extracting(TillFinding::permission)
                .containsExactlyInAnyOrder("CUSTOMERS_W", "INVENTORY_W", "ORDERS_W");
    }

    @Test
    void aTokenWithoutTheMerchantsReadIsToldSo() {
        assertThatThrownBy(() -> await(clover.probe(till("us", ControlApi.token(allBut("MERCHANT_R"))))))
                .isInstanceOf(ConnectorException.Unauthorized.class).hasMessageContaining("Merchant: read");
    }

    @Test
    void aWrongRegionIsToldTheRightOne() {
        assertThatThrownBy(() -> await(clover.probe(till("eu", SandboxResource.CLOVER_TOKEN))))
                .isInstanceOf(ConnectorException.Unauthorized.class)
                .hasMessageContaining("us (North America) accepts them");
    }

    @Test
    void aWrongTokenIsToldAllThatItMayBe() {
        assertThatThrownBy(() -> await(clover.probe(till("us", "secret-of-a-merchant"))))
                .isInstanceOf(ConnectorException.Unauthorized.class)
                .hasMessageContainingAll("mistyped", "merchant id", "Refused as well by: eu, la, sandbox")
                .hasMessageNotContaining("secret-of-a-merchant");
    }
}
