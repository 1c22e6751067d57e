package dev.tillbridge.notification;

import java.util.List;

/**
 * A mail's content, as the templates show it: texts only, not escaped yet. Links are null where no public URL is configured.
 *
 * @param subject one line
 */
record Digest(String subject, String channel, String store, List<Section> sections) {

    /**
     * What happened to several things of one kind, why, and what to do.
     *
     * @param more how many are not among the entries, as a sentence; null where all are
     * @param link where all of them are listed
     */
    record Section(String heading, String why, String advice, List<Entry> entries, String more, String link) {}

    /**
     * @param detail null where there is nothing to add
     * @param since when it began, as people say it; null where it does not matter
     */
    record Entry(String title, String detail, String since, String link) {}
}
