package dev.tillbridge.order;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;

import org.junit.jupiter.api.Test;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class TillNoteTest {

    private static final String ONE = "Tillbridge: sent on 28 Nov 2026 (#1-F1), UPS 1Z";
    private static final String OTHER = "Tillbridge: sent on 28 Nov 2026 (#1-F1), UPS 2Z";

    @Test
    void lines_of_ours_come_after_what_people_wrote_and_replace_themselves_only() {
        String noted = TillNote.with("Window seat\nNo onions ", List.of(), List.of(ONE));
        assertThat(noted).isEqualTo("Window seat\nNo onions \n" + ONE);
        assertThat(TillNote.says(noted, List.of(ONE), List.of(ONE))).isTrue();
        assertThat(TillNote.says(noted, List.of(ONE), List.of(OTHER))).isFalse();

        String replaced = TillNote.with(noted + "\nCall first", List.of(ONE), List.of(OTHER));
        assertThat(replaced).isEqualTo("Window seat\nNo onions \n" + OTHER + "\nCall first");
        assertThat(TillNote.with(replaced, List.of(OTHER), List.of())).isEqualTo("Window seat\nNo onions \nCall first");
    }

    @Test
    void what_a_person_changed_in_a_line_is_the_persons() {
        String edited = ONE + " - left with the neighbour";
        assertThat(TillNote.with(edited, List.of(ONE), List.of(OTHER))).isEqualTo(edited + "\n" + OTHER);
        assertThat(TillNote.says(edited, List.of(ONE), List.of(ONE))).isFalse();
    }

    @Test
    void an_empty_note_takes_the_lines_alone_and_gives_them_back() {
        assertThat(TillNote.with("", List.of(), List.of(ONE))).isEqualTo(ONE);
        assertThat(TillNote.with(ONE, List.of(ONE), List.of())).isEmpty();
        assertThat(TillNote.says("", List.of(ONE), List.of())).isTrue();
    }

    @Test
    void line_ends_of_the_till_and_copies_by_people_do_not_double_a_line() {
        String note = "Table 4\r\n" + ONE + "\r\n" + ONE;
        assertThat(TillNote.with(note, List.of(ONE), List.of(OTHER))).isEqualTo("Table 4\r\n" + OTHER);
        assertThat(TillNote.says("Table 4\r\n" + ONE + "\r", List.of(ONE), List.of(ONE))).isTrue();
    }

    @Test
    void an_order_made_anew_takes_peoples_words_along_and_not_ours() {
        assertThat(TillNote.ofPeople("Window seat\n" + ONE + "\nCall first")).isEqualTo("Window seat\nCall first");
        assertThat(TillNote.ofPeople(null)).isNull();
    }

    @Property
    void peoples_text_is_never_lost_nothing_is_repeated_and_what_fits_fits(@ForAll("notes") String note,
            @ForAll("lines") List<String> first, @ForAll("lines") List<String> second) {
        String once = TillNote.with(note, List.of(), first);
        String twice = TillNote.with(once, first, second);
        assertThat(TillNote.says(once, first, first)).isTrue();
        assertThat(TillNote.says(twice, second, second)).isTrue();
        assertThat(TillNote.with(once, first, first)).isEqualTo(once);
        assertThat(TillNote.with(twice, second, List.of())).isEqualTo(note);
        int room = TillNote.room(once, first, second);
        int length = String.join("\n", second).length();
        assertThat(twice.length() <= SaleNote.LONGEST).isEqualTo(second.isEmpty() || length <= room);
    }

    @Provide
    Arbitrary<String> notes() {
        return Arbitraries.strings().withChars("ab \n").ofMaxLength(2_047);
    }

    @Provide
    Arbitrary<List<String>> lines() {
        return Arbitraries.strings().withChars("xyz").ofMinLength(1).ofMaxLength(60).map(text -> TillNote.MARK + text).list()
                .uniqueElements().ofMaxSize(4);
    }
}
