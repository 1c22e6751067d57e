package dev.tillbridge.channel;

/**
 * A row of a page that cannot be taken over, though the page can. What was known of it stays as it is.
 *
 * @param id as the vendor wrote it, where it is none of its form
 * @param reason in a person's words
 */
public record UnusableRow(String id, String reason) {}
