package dev.tillbridge.shipment;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

class ShipmentWordsTest {

    private static final ShipmentWords.Told OPEN = new ShipmentWords.Told(false, "Delivery (Local delivery)",
            ZoneId.of("America/New_York"), false);
    private static final ShipmentWords.Told HANDED_OVER = new ShipmentWords.Told(true, null, ZoneId.of("UTC"), false);

    @Test
    void a_shipment_is_told_with_method_carrier_number_link_and_the_stores_day() {
        assertThat(lines(List.of(shipment(1, false, parcel("UPS", "1Z999", "https://ups.example/1Z999"))), OPEN))
                .containsExactly("Tillbridge: sent on 27 Nov 2026 (#1001-F1), Delivery (Local delivery), UPS 1Z999"
                        + " https://ups.example/1Z999");
    }

    @Test
    void several_parcels_and_shipments_have_a_line_for_each_shipment() {
        assertThat(lines(List.of(shipment(1, false, parcel("UPS", "1", null), parcel("UPS", "2", null)),
                shipment(2, true), shipment(3, false)), OPEN))
                .containsExactly("Tillbridge: sent on 27 Nov 2026 (#1001-F1), Delivery (Local delivery), UPS 1; UPS 2",
                        "Tillbridge: shipment #1001-F2 of 27 Nov 2026 was cancelled",
                        "Tillbridge: sent on 27 Nov 2026 (#1001-F3), Delivery (Local delivery)");
    }

    @Test
    void what_was_handed_over_in_the_shop_is_told_only_once_it_is_followed() {
        assertThat(lines(List.of(shipment(1, false)), HANDED_OVER)).isEmpty();
        assertThat(lines(List.of(shipment(1, true)), HANDED_OVER)).isEmpty();
        assertThat(lines(List.of(shipment(1, true), shipment(2, false)), HANDED_OVER))
                .containsExactly("Tillbridge: sent on 28 Nov 2026 (#1001-F2)");
        assertThat(lines(List.of(shipment(1, false, parcel(null, "1Z", null))), HANDED_OVER))
                .containsExactly("Tillbridge: sent on 28 Nov 2026 (#1001-F1), 1Z");
    }

    @Test
    void an_order_that_the_store_cancelled_is_told_of_unless_tillbridge_did_it() {
        var cancelled = new ShippedOrder("1", Instant.EPOCH, true, null, List.of(shipment(1, false)), true);
        assertThat(ShipmentWords.lines(cancelled, HANDED_OVER))
                .containsExactly("Tillbridge: the order was cancelled in the store");
        assertThat(ShipmentWords.lines(cancelled, new ShipmentWords.Told(true, null, ZoneId.of("UTC"), true))).isEmpty();
    }

    @Test
    void whatever_was_typed_stays_one_line() {
        assertThat(lines(List.of(shipment(1, false, parcel("UPS\nGround", "1Z\t9\u0000", null))), HANDED_OVER))
                .containsExactly("Tillbridge: sent on 28 Nov 2026 (#1001-F1), UPS Ground 1Z 9");
    }

    @Test
    void the_method_is_the_tills_word_beside_the_stores_where_both_belong_together() {
        assertThat(ShipmentWords.method("Local delivery", "Local delivery", "Delivery")).isEqualTo("Delivery (Local delivery)");
        assertThat(ShipmentWords.method("Express", "Local delivery", "Delivery")).isEqualTo("Express");
        assertThat(ShipmentWords.method("Delivery", "Delivery", "delivery")).isEqualTo("Delivery");
        assertThat(ShipmentWords.method(null, "Local delivery", "Delivery")).isNull();
    }

    @Test
    void where_room_is_short_links_go_first_and_then_the_oldest_shipments() {
        List<String> lines = List.of("Tillbridge: one https://example.com/a-long-link", "Tillbridge: two");
        assertThat(ShipmentWords.fitting(lines, 100)).contains(lines);
        assertThat(ShipmentWords.fitting(lines, 40)).contains(List.of("Tillbridge: one", "Tillbridge: two"));
        List<String> many = List.of("Tillbridge: one", "Tillbridge: two", "Tillbridge: three".repeat(3));
        assertThat(ShipmentWords.fitting(many, 2_000)).contains(many);
        assertThat(ShipmentWords.fitting(many, 80)).isEmpty();
        assertThat(ShipmentWords.fitting(List.of("Tillbridge: aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
                "Tillbridge: two"), 75))
                .contains(List.of("Tillbridge: 1 earlier shipment is in the store alone", "Tillbridge: two"));
        assertThat(ShipmentWords.fitting(List.of(), 0)).contains(List.of());
    }

    @Property
    void what_fits_is_never_longer_than_the_room_and_ends_with_the_latest(@ForAll @IntRange(min = 1, max = 40) int shipments,
            @ForAll @IntRange(max = 2_047) int room) {
        List<String> lines = lines(IntStream.rangeClosed(1, shipments)
                .mapToObj(number -> shipment(number, false, parcel("UPS", "1Z" + number, "https://ups.example/1Z" + number)))
                .toList(), OPEN);
        ShipmentWords.fitting(lines, room).ifPresent(some -> {
            assertThat(String.join("\n", some).length()).isLessThanOrEqualTo(room);
            assertThat(some.get(some.size() - 1)).contains("1Z" + shipments);
        });
    }

    private static List<String> lines(List<Shipment> shipments, ShipmentWords.Told told) {
        return ShipmentWords.lines(new ShippedOrder("1", Instant.EPOCH, false, null, shipments, true), told);
    }

    private static Shipment.Parcel parcel(String carrier, String number, String link) {
        return new Shipment.Parcel(carrier, number, link);
    }

    private static Shipment shipment(int number, boolean cancelled, Shipment.Parcel... parcels) {
        return new Shipment(String.valueOf(number), "#1001-F" + number, cancelled, Instant.parse("2026-11-28T03:00:00Z"),
                List.of(parcels));
    }
}
