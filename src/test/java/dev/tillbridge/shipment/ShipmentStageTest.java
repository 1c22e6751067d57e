package dev.tillbridge.shipment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.UnaryOperator;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import io.smallrye.config.SmallRyeConfigBuilder;
import io.smallrye.mutiny.Uni;

import dev.tillbridge.channel.ChannelSettings;
import dev.tillbridge.channel.ChannelStatus;
import dev.tillbridge.channel.ConnectedChannel;
import dev.tillbridge.channel.ConnectedStore;
import dev.tillbridge.channel.ConnectorException;
import dev.tillbridge.channel.PointOfSale;
import dev.tillbridge.channel.StoreStatus;
import dev.tillbridge.channel.Storefront;
import dev.tillbridge.channel.StubDirectory;
import dev.tillbridge.journal.Journal;
import dev.tillbridge.notification.Notices;
import dev.tillbridge.order.SaleNote;
import dev.tillbridge.order.ScriptedPort;
import dev.tillbridge.platform.Fence;
import dev.tillbridge.platform.PlainDatabase;
import dev.tillbridge.testing.TestPass;

/** Notes on a real database, with a store and a till whose answers are laid out: no Quarkus, no sandbox. */
class ShipmentStageTest {

    private static final Instant NOON = Instant.parse("2026-11-28T12:00:00Z");
    private static final String SENT = "Tillbridge: sent on 28 Nov 2026 (#7-F1), Delivery (Local delivery), UPS 1Z";
    private static final String CORRECTED = "Tillbridge: sent on 28 Nov 2026 (#7-F1), Delivery (Local delivery), DHL 9";

    private static PlainDatabase database;

    private final ScriptedPort<Storefront> store = new ScriptedPort<>(Storefront.class);
    private final ScriptedPort<PointOfSale> till = new ScriptedPort<>(PointOfSale.class);
    private final List<String> failures = new ArrayList<>();
    private ConnectedStore connected;
    private ConnectedChannel channel;
    private TestPass pass;
    private ShipmentIntake intake;
    private ShipmentStage stage;
    /** What stands in the note at the till. */
    private String note = "Window seat";

    @BeforeAll
    static void start() {
        database = PlainDatabase.start();
    }

    @AfterAll
    static void stop() {
        database.close();
    }

    @BeforeEach
    void open() {
        Fence fence = database.leasedStore();
        UUID id = database.channel(fence.storeId(), "{}");
        var settings = new ChannelSettings(null, null, new ChannelSettings.ShipmentSync(true,
                List.of(new ChannelSettings.ShipmentSync.Mapping("T1", "Local delivery"))), null, null, null, null);
        connected = new ConnectedStore(fence.storeId(), "demo.myshopify.com", "Shop", "USD", false, "UTC",
                StoreStatus.CONNECTED);
        channel = new ConnectedChannel(id, fence.storeId(), "Till", "clover", "us", "M1", ChannelStatus.CONNECTED, settings, 1,
                true, true, null);
        pass = new TestPass(fence, failures);
        var directory = new StubDirectory(store.port(), till.port());
        var notes = new NoteRepository(database.pool());
        var config = new SmallRyeConfigBuilder().withMapping(ShipmentConfig.class)
                .withDefaultValue("tillbridge.shipment.attempts", "3").build().getConfigMapping(ShipmentConfig.class);
        intake = new ShipmentIntake(directory, notes, database.transactions(), config);
        stage = new ShipmentStage(directory, notes, intake,
                new NoteWriter(notes, new NoteStory(new Journal(), new Notices()), database.transactions(), config),
                database.transactions(), config);
        till.on("note", arguments -> Uni.createFrom().item(note == null ? null : new SaleNote(note)));
        till.on("writeNote", arguments -> Uni.createFrom().voidItem().invoke(() -> note = (String) arguments[2]));
    }

    @Test
    void what_was_sent_is_noted_once_corrected_in_place_and_taken_back() {
        UUID sale = sale("7", false);
        read(order("7", 1, "UPS", "1Z"));
        turn();
        turn();
        assertThat(note).isEqualTo("Window seat\n" + SENT);
        assertThat(till.calls("writeNote")).isEqualTo(1);

        note += "\nCall first";
        read(order("7", 2, "DHL", "9"));
        turn();
        assertThat(note).isEqualTo("Window seat\n" + CORRECTED + "\nCall first");

        read(new ShippedOrder("7", NOON.plusSeconds(3), false, "Local delivery",
                List.of(new Shipment("1", "#7-F1", true, NOON, List.of())), true));
        turn();
        assertThat(note).isEqualTo("Window seat\nTillbridge: shipment #7-F1 of 28 Nov 2026 was cancelled\nCall first");
        assertThat(till.calls("writeNote")).isEqualTo(3);
        assertThat(story(sale)).containsExactly("shipment-noted", "shipment-noted", "shipment-noted");
    }

    @Test
    void readings_that_say_the_same_or_are_older_cost_the_till_nothing() {
        sale("7", false);
        read(order("7", 5, "DHL", "9"));
        turn();
        read(order("7", 6, "DHL", "9"));
        read(order("7", 1, "UPS", "1Z"));
        turn();
        assertThat(note).isEqualTo("Window seat\n" + CORRECTED);
        assertThat(till.calls("note")).isEqualTo(1);
        assertThat(till.calls("writeNote")).isEqualTo(1);
    }

    @Test
    void our_own_fulfilment_and_orders_of_no_sale_are_left_aside() {
        sale("7", true);
        read(new ShippedOrder("7", NOON, false, null, List.of(new Shipment("1", "#7-F1", false, NOON, List.of())), true),
                order("8", 1, "UPS", "1Z"));
        turn();
        assertThat(till.calls("note")).isZero();
        assertThat(database.count("select count(*) from sale_note n join sale s on s.id = n.sale_id where s.channel_id = $1",
                channel.id())).isZero();
    }

    @Test
    void a_lost_answer_writes_nothing_twice() {
        UUID sale = sale("7", false);
        read(order("7", 1, "UPS", "1Z"));
        // It was done, and nobody heard of it
        till.on("writeNote", arguments -> Uni.createFrom().voidItem().invoke(() -> note = (String) arguments[2])
                .chain(() -> Uni.createFrom().failure(lost())));
        turn();
        dueNow();
        turn();
        assertThat(note).isEqualTo("Window seat\n" + SENT);
        assertThat(till.calls("writeNote")).isEqualTo(1);
        assertThat(failures).containsExactly("order:O7 timeout");
        assertThat(database.texts("select cause from journal where channel_id = $1", channel.id())).singleElement().asString()
                .contains("no answer");
        assertThat(problem(sale)).isNull();
    }

    @Test
    void a_lost_request_is_sent_again_and_one_that_comes_late_is_found() {
        sale("7", false);
        read(order("7", 1, "UPS", "1Z"));
        till.fails("writeNote", lost());
        turn();
        assertThat(note).isEqualTo("Window seat");
        // Corrected before it is tried again, while the first one arrives after all
        read(order("7", 2, "DHL", "9"));
        note = "Window seat\n" + SENT;
        till.on("writeNote", arguments -> Uni.createFrom().voidItem().invoke(() -> note = (String) arguments[2]));
        turn();
        assertThat(note).isEqualTo("Window seat\n" + CORRECTED);
    }

    @Test
    void a_write_that_comes_after_the_one_that_corrects_it_is_found_by_one_more_look() {
        sale("7", false);
        read(order("7", 1, "UPS", "1Z"));
        till.fails("writeNote", lost());
        turn();
        read(order("7", 2, "DHL", "9"));
        till.on("writeNote", arguments -> Uni.createFrom().voidItem().invoke(() -> note = (String) arguments[2]));
        turn();
        assertThat(note).isEqualTo("Window seat\n" + CORRECTED);

        note = "Window seat\n" + SENT;
        dueNow();
        turn();
        assertThat(note).isEqualTo("Window seat\n" + CORRECTED);
        dueNow();
        turn();
        assertThat(till.calls("writeNote")).as("and then all is quiet").isEqualTo(3);
    }

    @Test
    void back_to_what_it_was_while_the_outcome_is_unknown_is_looked_at_too() {
        sale("7", false);
        read(order("7", 1, "UPS", "1Z"));
        turn();
        read(order("7", 2, "DHL", "9"));
        till.on("writeNote", arguments -> Uni.createFrom().voidItem().invoke(() -> note = (String) arguments[2])
                .chain(() -> Uni.createFrom().failure(lost())));
        turn();
        till.on("writeNote", arguments -> Uni.createFrom().voidItem().invoke(() -> note = (String) arguments[2]));
        read(order("7", 3, "UPS", "1Z"));
        turn();
        assertThat(note).isEqualTo("Window seat\n" + SENT);
    }

    @Test
    void what_a_person_took_out_stays_out_until_there_is_news() {
        sale("7", false);
        read(order("7", 1, "UPS", "1Z"));
        turn();
        note = "Window seat";
        turn();
        assertThat(note).isEqualTo("Window seat");
        read(order("7", 2, "DHL", "9"));
        turn();
        assertThat(note).isEqualTo("Window seat\n" + CORRECTED);
    }

    @Test
    void a_refused_note_is_a_problem_of_its_own_beside_the_sales_other_one() {
        UUID sale = sale("7", false);
        database.run("update sale set problem_code = 'changed-after-import', problem = 'Another total' where id = $1", sale);
        read(order("7", 1, "UPS", "1Z"));
        till.fails("writeNote", new ConnectorException.Rejected("rejected", 400, "Clover answered 400"));
        turn();
        turn();
        assertThat(till.calls("writeNote")).isEqualTo(1);
        assertThat(problem(sale)).contains("Clover answered 400").contains("replay");
        assertThat(database.texts("select problem from sale where id = $1", sale)).containsExactly("Another total");
        assertThat(failures).containsExactly("order:O7 rejected");
        assertThat(notices()).containsExactly("SHIPMENT_FAILED");

        // News are tried, and settle it
        till.on("writeNote", arguments -> Uni.createFrom().voidItem().invoke(() -> note = (String) arguments[2]));
        read(order("7", 2, "DHL", "9"));
        turn();
        assertThat(note).isEqualTo("Window seat\n" + CORRECTED);
        assertThat(problem(sale)).isNull();
        assertThat(database.texts("select problem from sale where id = $1", sale)).containsExactly("Another total");
        assertThat(notices()).isEmpty();
    }

    @Test
    void what_passes_by_itself_is_tried_again_and_left_to_a_person_in_the_end() {
        UUID sale = sale("7", false);
        read(order("7", 1, "UPS", "1Z"));
        till.fails("note", new ConnectorException.Transient("server-error", "Clover answered 500", false, null));
        for (int turn = 0; turn < 5; turn++) {
            dueNow();
            turn();
        }
        assertThat(till.calls("note")).isEqualTo(3);
        assertThat(problem(sale)).contains("Clover answered 500");
        assertThat(failures).hasSize(3);
    }

    @Test
    void a_till_that_refuses_the_token_stops_the_stream_and_blames_no_sale() {
        UUID sale = sale("7", false);
        read(order("7", 1, "UPS", "1Z"));
        till.fails("note", new ConnectorException.Unauthorized("No right"));
        assertThatThrownBy(this::turn).isInstanceOf(ConnectorException.Unauthorized.class);
        assertThat(problem(sale)).isNull();
        assertThat(database.texts("select attempts from sale_note where sale_id = $1", sale)).containsExactly("0");
    }

    @Test
    void a_note_without_room_is_left_as_it_is_and_told() {
        UUID sale = sale("7", false);
        note = "x".repeat(SaleNote.LONGEST - 20);
        read(order("7", 1, "UPS", "1Z"));
        turn();
        assertThat(note).isEqualTo("x".repeat(SaleNote.LONGEST - 20));
        assertThat(till.calls("writeNote")).isZero();
        assertThat(problem(sale)).contains("no room").contains("19 of 2047");
    }

    @Test
    void a_sale_that_is_made_anew_loses_the_former_orders_lines_and_gets_those_of_its_new_order() {
        UUID sale = sale("7", false);
        read(order("7", 1, "UPS", "1Z"));
        turn();
        database.run("update sale set former_store_orders = '{7}', store_order_id = null where id = $1", sale);
        turn();
        assertThat(note).isEqualTo("Window seat");

        // Late news of the former order are none of its own any more
        read(order("7", 2, "DHL", "9"));
        turn();
        assertThat(note).isEqualTo("Window seat");

        // The new one is asked for by its id, although no list told of it
        database.run("update sale set store_order_id = '8' where id = $1", sale);
        store.item("shippedOrder", order("8", 1, "UPS", "1Z"));
        turn();
        turn();
        assertThat(note).isEqualTo("Window seat\n" + SENT.replace("#7", "#8"));
        assertThat(store.calls("shippedOrder")).isEqualTo(1);
    }

    @Test
    void an_order_that_is_asked_for_is_read_by_its_id() {
        sale("7", false);
        sale("9", false);
        store.on("shippedOrder", arguments -> Uni.createFrom().item(
                arguments[1].equals("7") ? order("7", 1, "UPS", "1Z") : null));
        PlainDatabase.get(database.pool().withTransaction(
                connection -> intake.ask(connection, connected.id(), List.of("7", "9", "404"))));
        turn();
        turn();
        assertThat(note).isEqualTo("Window seat\n" + SENT);
        assertThat(store.calls("shippedOrder")).isEqualTo(2);
    }

    @Test
    void one_order_that_cannot_be_read_keeps_no_other_from_its_note() {
        sale("7", false);
        UUID broken = sale("9", false);
        store.on("shippedOrder", arguments -> arguments[1].equals("7")
                ? Uni.createFrom().item(order("7", 1, "UPS", "1Z"))
                : Uni.createFrom().failure(lost()));
        PlainDatabase.get(database.pool().withTransaction(
                connection -> intake.ask(connection, connected.id(), List.of("7", "9"))));
        turn();
        assertThat(note).isEqualTo("Window seat\n" + SENT);
        assertThat(failures).hasSize(1);
        turn();
        assertThat(store.calls("shippedOrder")).as("it rests").isEqualTo(2);
        assertThat(database.count("select count(*) from sale_note where sale_id = $1 and look and look_at > now()", broken))
                .isEqualTo(1);

        // Neither does it in a list
        ShippedOrder cut = order("9", 1, "UPS", "1Z");
        read(new ShippedOrder(cut.id(), cut.updatedAt(), false, cut.shippingMethod(), cut.shipments(), false),
                order("7", 2, "DHL", "9"));
        turn();
        assertThat(note).isEqualTo("Window seat\n" + CORRECTED);
    }

    @Test
    void an_order_that_was_found_late_is_read_once_by_its_id() {
        UUID sale = sale("7", false);
        database.run("update sale set asked_at = now() - interval '1 hour', imported_at = now() where id = $1", sale);
        store.item("shippedOrder", order("7", 1, "UPS", "1Z"));
        turn();
        turn();
        assertThat(note).isEqualTo("Window seat\n" + SENT);
        assertThat(store.calls("shippedOrder")).isEqualTo(1);
    }

    @Test
    void what_was_sent_while_the_till_was_paused_is_noted_afterwards() {
        sale("7", false);
        ConnectedChannel active = channel;
        channel = new ConnectedChannel(channel.id(), channel.storeId(), channel.name(), channel.integration(), channel.region(),
                channel.merchantId(), ChannelStatus.PAUSED, channel.settings(), 1, true, true, null);
        read(order("7", 1, "UPS", "1Z"));
        turn();
        assertThat(till.calls("note")).isZero();
        channel = active;
        turn();
        assertThat(note).isEqualTo("Window seat\n" + SENT);
    }

    @Test
    void a_list_that_is_cut_makes_the_order_be_read_whole() {
        sale("7", false);
        store.item("shippedOrder", order("7", 1, "DHL", "9"));
        ShippedOrder cut = order("7", 1, "UPS", "1Z");
        read(new ShippedOrder(cut.id(), cut.updatedAt(), false, cut.shippingMethod(), cut.shipments(), false));
        turn();
        assertThat(note).isEqualTo("Window seat\n" + CORRECTED);
    }

    @Test
    void a_sale_deleted_at_the_till_has_nothing_to_be_written_on() {
        UUID sale = sale("7", false);
        read(order("7", 1, "UPS", "1Z"));
        note = null;
        turn();
        turn();
        assertThat(till.calls("note")).isEqualTo(1);
        assertThat(problem(sale)).isNull();
    }

    @Test
    void nothing_is_read_or_written_where_shipments_are_not_followed() {
        sale("7", false);
        read(order("7", 1, "UPS", "1Z"));
        channel = with(settings -> new ChannelSettings(null, null, null, null, null, null, null));
        read(order("7", 2, "DHL", "9"));
        turn();
        assertThat(till.calls("note")).isZero();
    }

    private ConnectedChannel with(UnaryOperator<ChannelSettings> change) {
        return new ConnectedChannel(channel.id(), channel.storeId(), channel.name(), channel.integration(), channel.region(),
                channel.merchantId(), channel.status(), change.apply(channel.settings()), 2, true, true, null);
    }

    private void read(ShippedOrder... orders) {
        PlainDatabase.get(intake.take(pass, connected, null, List.of(channel), new ShippedPage(List.of(orders), NOON)));
    }

    private void turn() {
        PlainDatabase.get(stage.pass(pass, channel));
    }

    private void dueNow() {
        database.run("update sale_note set act_at = now() where act_at is not null");
    }

    private UUID sale(String storeOrderId, boolean handedOver) {
        UUID id = UUID.randomUUID();
        database.run("""
                insert into sale (id, shop_domain, integration, merchant_id, pos_order_id, store_id, channel_id, status, pos_created_at,
                  store_order_id, store_order_name, handed_over, document)
                values ($1, $2, 'clover', 'M1', $3, $4, $5, 'IMPORTED', now(), $6, $7, $8,
                  '{"orderTypeId":"T1","orderType":"Delivery"}')
                """, id, id + ".myshopify.com", "O" + storeOrderId, connected.id(), channel.id(), storeOrderId,
                "#" + storeOrderId, handedOver);
        return id;
    }

    private static ShippedOrder order(String id, int second, String carrier, String number) {
        return new ShippedOrder(id, NOON.plusSeconds(second), false, "Local delivery",
                List.of(new Shipment("1", "#" + id + "-F1",
                        false, NOON, List.of(new Shipment.Parcel(carrier, number, null)))),
                true);
    }

    private static ConnectorException lost() {
        return new ConnectorException.Transient("timeout", "Clover did not answer in time", true, null);
    }

    private String problem(UUID sale) {
        return database.texts("select shipment_problem from sale where id = $1", sale).get(0);
    }

    private List<String> story(UUID sale) {
        return database.texts("select j.kind from journal j join sale s on j.subject = 'order:' || s.pos_order_id"
                + " and j.channel_id = s.channel_id where s.id = $1 order by j.id", sale);
    }

    private List<String> notices() {
        return database.texts("select kind from notice where channel_id = $1 and resolved_at is null", channel.id());
    }
}
