package dev.tillbridge.order;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The text of a sale's note at the till. It is people's; Tillbridge has lines of its own in it, which it alone changes. A line
 * is Tillbridge's if it is one that was written, to the letter: what a person changed in it makes it the person's.
 */
public final class TillNote {

    /** Begins each line of Tillbridge's, so that people see whose it is. */
    public static final String MARK = "Tillbridge: ";

    private static final String NEW_LINE = "\n";

    private TillNote() {}

    /** What people wrote, as far as that can be told without knowing what was written: all but lines that begin like ours. */
    static String ofPeople(String note) {
        return note == null
                ? null
                : lines(note).stream().filter(line -> !line.strip().startsWith(MARK)).collect(Collectors.joining(NEW_LINE));
    }

    /** Whether of our lines these stand in the note, in this order, and no other. */
    public static boolean says(String note, Collection<String> known, List<String> lines) {
        Set<String> ours = all(known, lines);
        return lines(note).stream().map(String::strip).filter(ours::contains).toList().equals(lines);
    }

    /**
     * The note with these lines where the first of ours stood, or else at its end. Everything else stays as it is.
     *
     * @param known each line of ours that may stand in it
     * @param lines stripped, without line breaks in them; empty takes ours out
     */
    public static String with(String note, Collection<String> known, List<String> lines) {
        Set<String> ours = all(known, lines);
        List<String> kept = new ArrayList<>();
        int place = -1;
        for (String line : lines(note)) {
            if (!ours.contains(line.strip())) {
                kept.add(line);
            } else if (place < 0) {
                place = kept.size();
            }
        }
        kept.addAll(place < 0 ? kept.size() : place, lines);
        return String.join(NEW_LINE, kept);
    }

    /** How many characters lines of ours may have together, with the breaks between them. */
    public static int room(String note, Collection<String> known, List<String> lines) {
        String theirs = with(note, all(known, lines), List.of());
        return SaleNote.LONGEST - (theirs.isEmpty() ? 0 : theirs.length() + NEW_LINE.length());
    }

    private static Set<String> all(Collection<String> known, Collection<String> lines) {
        Set<String> all = new HashSet<>(known);
        all.addAll(lines);
        return all;
    }

    /** None of an empty note. */
    private static List<String> lines(String note) {
        return note.isEmpty() ? List.of() : List.of(note.split(NEW_LINE, -1));
    }
}
