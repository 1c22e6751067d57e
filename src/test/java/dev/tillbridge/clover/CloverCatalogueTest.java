package dev.tillbridge.clover;

import static dev.tillbridge.clover.CloverConnectorTest.await;
import static dev.tillbridge.clover.CloverConnectorTest.till;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.List;
import java.util.Set;

import jakarta.inject.Inject;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;

import dev.tillbridge.channel.ConnectorException;
import dev.tillbridge.channel.ItemChange;
import dev.tillbridge.channel.ItemOption;
import dev.tillbridge.channel.NewItem;
import dev.tillbridge.channel.TillConnection;
import dev.tillbridge.channel.TillItem;
import dev.tillbridge.channel.TillPart;
import dev.tillbridge.testing.ControlApi;
import dev.tillbridge.testing.SandboxResource;

/** The port that makes and changes a till's catalogue, against the simulated till. */
@QuarkusTest
@QuarkusTestResource(SandboxResource.class)
@TestProfile(CloverConnectorTest.Quick.class)
class CloverCatalogueTest {

    private static final TillConnection TILL = till("us", SandboxResource.CLOVER_TOKEN);

    @Inject
    CloverConnector clover;

    @BeforeEach
    void startAnew() {
        SandboxResource.sandbox().reset();
        clover.forget(TILL);
    }

    @Test
    void aGroupWithItsOptionsAndItemsIsMadeAndFoundAgain() {
        String group = part(TillPart.Kind.GROUP, null, "Tee");
        String size = part(TillPart.Kind.ATTRIBUTE, group, "Size");
        String small = part(TillPart.Kind.OPTION, size, "S");
        String medium = part(TillPart.Kind.OPTION, size, "M");
        String shirts = part(TillPart.Kind.CATEGORY, null, "Shirts");
        TillItem item = await(clover.makeItem(TILL, new NewItem("Tee - S", "TEE-S", "4001", 1250, group)));
        await(clover.joinOptions(TILL, List.of(new ItemOption(item.item().id(), small))));
        await(clover.joinCategory(TILL, shirts, Set.of(item.item().id())));

        assertThat(item.item().groupId()).isEqualTo(group);
        assertThat(item.item().price()).isEqualTo(1250);
        assertThat(await(clover.parts(TILL, TillPart.Kind.GROUP, null))).extracting(TillPart::id).containsExactly(group);
        assertThat(await(clover.parts(TILL, TillPart.Kind.ATTRIBUTE, group)))
                .containsExactly(new TillPart(TillPart.Kind.ATTRIBUTE, size, group, "Size"));
        assertThat(await(clover.parts(TILL, TillPart.Kind.OPTION, size))).extracting(TillPart::id)
                .containsExactlyInAnyOrder(small, medium);
        assertThat(await(clover.parts(TILL, TillPart.Kind.CATEGORY, null))).extracting(TillPart::name)
                .containsExactly("Shirts");
        assertThat(await(clover.itemsOfGroup(TILL, group))).singleElement().satisfies(found -> {
            assertThat(found.item().name()).as("the till's own").isEqualTo("Tee S");
            assertThat(found.item().sku()).isEqualTo("TEE-S");
            assertThat(found.item().code()).isEqualTo("4001");
            assertThat(found.optionIds()).containsExactly(small);
            assertThat(found.categoryIds()).containsExactly(shirts);
        });

        await(clover.renamePart(TILL, new TillPart(TillPart.Kind.GROUP, group, null, "Shirt")));
        assertThat(await(clover.itemsOfGroup(TILL, group))).singleElement()
                .satisfies(found -> assertThat(found.item().name()).isEqualTo("Shirt S"));

        await(clover.renamePart(TILL, new TillPart(TillPart.Kind.ATTRIBUTE, size, group, "Length")));
        await(clover.renamePart(TILL, new TillPart(TillPart.Kind.OPTION, small, size, "Small")));
        await(clover.renamePart(TILL, new TillPart(TillPart.Kind.CATEGORY, shirts, null, "Tops")));
        assertThat(await(clover.parts(TILL, TillPart.Kind.ATTRIBUTE, group))).extracting(TillPart::name)
                .containsExactly("Length");
        assertThat(await(clover.parts(TILL, TillPart.Kind.CATEGORY, null))).extracting(TillPart::name)
                .containsExactly("Tops");
        assertThat(await(clover.itemsOfGroup(TILL, group))).singleElement()
                .satisfies(found -> assertThat(found.item().name()).isEqualTo("Shirt Small"));

        await(clover.joinOptions(TILL, List.of(new ItemOption(item.item().id(), medium))));
        await(clover.leaveOptions(TILL, List.of(new ItemOption(item.item().id(), small))));
        assertThat(await(clover.itemsOfGroup(TILL, group))).singleElement()
                .satisfies(found -> assertThat(found.optionIds()).containsExactly(medium));
    }

    @Test
    void anItemOutsideGroupsIsFoundBySkuByCodeOrAmongTheYoungest() {
        String bySku = await(clover.makeItem(TILL, new NewItem("Mug", "MUG", null, 100, null))).item().id();
        String byCode = await(clover.makeItem(TILL, new NewItem("Cup", null, "4002", 100, null))).item().id();
        String byTime = await(clover.makeItem(TILL, new NewItem("Pot", null, null, 100, null))).item().id();
        String group = part(TillPart.Kind.GROUP, null, "Tee");
        await(clover.makeItem(TILL, new NewItem("Tee", "MUG", null, 100, group)));
        Instant before = Instant.now().minusSeconds(60);

        assertThat(alike(new NewItem("Mug", "MUG", null, 100, null), before)).containsExactly(bySku);
        assertThat(alike(new NewItem("Cup", null, "4002", 100, null), before)).containsExactly(byCode);
        assertThat(alike(new NewItem("Pot", null, null, 100, null), before)).contains(byTime);
        assertThat(alike(new NewItem("Pot", null, null, 100, null), Instant.now().plusSeconds(60))).isEmpty();
    }

    @Test
    void onlyWhatIsGivenIsChanged() {
        String item = await(clover.makeItem(TILL, new NewItem("Mug", "MUG", "4001", 100, null))).item().id();

        TillItem hidden = await(clover.changeItem(TILL, item, new ItemChange(null, null, new ItemChange.Text(null), true)));
        TillItem named = await(clover.changeItem(TILL, item, new ItemChange("Cup", new ItemChange.Text("CUP"), null, null)));

        assertThat(hidden.item().hidden()).isTrue();
        assertThat(hidden.item().code()).isNull();
        assertThat(hidden.item().sku()).isEqualTo("MUG");
        assertThat(named.item().hidden()).isTrue();
        assertThat(named.item().name()).isEqualTo("Cup");
        assertThat(named.item().sku()).isEqualTo("CUP");
    }

    @ParameterizedTest
    @ValueSource(strings = { "RESET_AFTER", "SERVER_ERROR_AFTER", "TRUNCATED_JSON", "HTML"})
    void aCreationWithoutAnAnswerIsSentOnceAndItsOutcomeUnknown(String kind) {
        ControlApi.fault("items.create", kind, 1);

        assertThatThrownBy(() -> await(clover.makeItem(TILL, new NewItem("Mug", "MUG", null, 100, null))))
                .isInstanceOfSatisfying(ConnectorException.Transient.class,
                        failure -> assertThat(failure.outcomeUnknown()).isTrue());

        assertThat(ControlApi.calls("items.create")).isEqualTo(1);
        assertThat(alike(new NewItem("Mug", "MUG", null, 100, null), Instant.EPOCH)).hasSize(kind.equals("HTML") ? 0 : 1);
    }

    @Test
    void aRefusalIsOneAndNamesTheReason() {
        assertThatThrownBy(() -> part(TillPart.Kind.OPTION, "AAAAAAAAAAAAA", "S"))
                .isInstanceOf(ConnectorException.Rejected.class);
        assertThatThrownBy(() -> part(TillPart.Kind.GROUP, null, "x".repeat(128)))
                .isInstanceOf(ConnectorException.Rejected.class).hasMessageContaining("127");
    }

    @Test
    void aTokenThatMayOnlyReadIsRefused() {
        TillConnection reader = till("us", ControlApi.token("\"INVENTORY_R\",\"MERCHANT_R\""));

        assertThatThrownBy(() -> await(clover.makeItem(reader, new NewItem("Mug", null, null, 100, null))))
                .isInstanceOf(ConnectorException.Unauthorized.class).hasMessageContaining("Inventory: write");
        clover.forget(reader);
    }

    private String part(TillPart.Kind kind, String parent, String name) {
        return await(clover.makePart(TILL, kind, parent, name));
    }

    private List<String> alike(NewItem item, Instant since) {
        return await(clover.itemsLike(TILL, item, since)).stream().map(found -> found.item().id()).toList();
    }
}
