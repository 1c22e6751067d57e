package dev.tillbridge.product;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;

import org.junit.jupiter.api.Test;

import dev.tillbridge.channel.ItemChange;
import dev.tillbridge.channel.ItemChange.Text;
import dev.tillbridge.product.Followed.Changed;
import dev.tillbridge.product.Followed.Side;

class ItemDifferenceTest {

    private static final Side STORE = new Side("Mug", "MUG", "4001", false);
    private static final Changed NOTHING = new Changed(false, false, false, false);

    @Test
    void an_item_made_here_is_kept_as_the_store_has_it() {
        assertThat(change(true, false, STORE, new Side("Mine", null, "9", true), NOTHING))
                .isEqualTo(new ItemChange("Mug", new Text("MUG"), new Text("4001"), false));
        assertThat(change(true, false, STORE, STORE, NOTHING).isEmpty()).isTrue();
    }

    @Test
    void the_till_names_the_items_of_a_group_itself() {
        assertThat(change(true, true, STORE, new Side("Tee S", "MUG", "4001", false), NOTHING).isEmpty()).isTrue();
    }

    @Test
    void of_an_item_that_was_there_before_only_what_the_store_changed_follows() {
        Side till = new Side("Mine", "OLD", null, false);

        assertThat(change(false, false, STORE, till, NOTHING).isEmpty()).isTrue();
        assertThat(change(false, false, STORE, till, new Changed(false, true, false, false)))
                .isEqualTo(new ItemChange(null, new Text("MUG"), null, null));
        assertThat(change(false, false, new Side("Mug", null, null, true), till, new Changed(true, true, true, true)))
                .isEqualTo(new ItemChange("Mug", new Text(null), null, true));
    }

    @Test
    void a_status_that_is_not_known_neither_hides_nor_shows() {
        assertThat(change(true, false, new Side("Mug", "MUG", "4001", null), new Side("Mug", "MUG", "4001", true), NOTHING)
                .isEmpty()).isTrue();
    }

    @Test
    void an_identifier_the_till_cannot_hold_and_a_title_of_blanks_leave_it_as_it_is() {
        assertThat(change(true, false, new Side(" ", "x".repeat(101), "4001", false), STORE, NOTHING).isEmpty()).isTrue();
    }

    private static ItemChange change(boolean made, boolean grouped, Side store, Side till, Changed changed) {
        return ItemDifference.of(new Followed("I", "V", made, grouped, store, till, changed, 0, Instant.EPOCH), 127, 100);
    }
}
