package dev.tillbridge.notification;

import java.util.Objects;
import java.util.UUID;

/**
 * One matter that a person must act on, or know of. Channel, kind and subject are its identity. Texts are made one line each
 * and cut to what a mail can show, so that no name from a till or a shop is refused.
 *
 * @param subject what it is about: {@code order:<id>}, {@code stock:<item>}, {@code link:<variant>}
 * @param title what happened, in a line of at most 200 characters that names the thing: {@code Order 4ZK7QW1T2M3N4 of 24.90 USD}
 * @param detail why, and what helps, in plain words; at most 1,000 characters; empty where the title says it all
 * @param path where it can be looked at, such as {@code /api/v1/channels/<id>/orders/<id>}; null where there is no such place
 */
public record Notice(UUID storeId, UUID channelId, NoticeKind kind, String subject, String title, String detail,
        String path) {

    private static final int LONGEST_SUBJECT = 300;
    private static final int LONGEST_TITLE = 200;
    private static final int LONGEST_DETAIL = 1_000;

    public Notice {
        Objects.requireNonNull(storeId, "storeId");
        Objects.requireNonNull(channelId, "channelId");
        Objects.requireNonNull(kind, "kind");
        subject = subject(subject);
        title = PlainText.line(title, LONGEST_TITLE);
        detail = PlainText.line(detail, LONGEST_DETAIL);
        path = PlainText.path(path);
    }

    /** As it is stored: who raises and who resolves must mean the same row. */
    static String subject(String subject) {
        return PlainText.line(Objects.requireNonNull(subject, "subject"), LONGEST_SUBJECT);
    }
}
