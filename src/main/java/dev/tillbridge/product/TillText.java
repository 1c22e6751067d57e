package dev.tillbridge.product;

/** Texts as a till takes them. */
final class TillText {

    private TillText() {}

    /** Blanks and control characters folded, cut to the length without splitting a character; null where nothing is left. */
    static String name(String text, int longest) {
        if (text == null) {
            return null;
        }
        String folded = text.replaceAll("[\\p{Cc}\\s]+", " ").strip();
        return folded.isEmpty() ? null : cut(folded, longest).strip();
    }

    private static String cut(String text, int longest) {
        if (text.length() <= longest) {
            return text;
        }
        return text.substring(0, Character.isHighSurrogate(text.charAt(longest - 1)) ? longest - 1 : longest);
    }
}
