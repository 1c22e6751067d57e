package dev.tillbridge.platform;

import java.util.UUID;

import io.smallrye.mutiny.Uni;

/** One turn of a stream, as a stage sees it: under which lease it works, and where what it did and could not do is kept. */
public interface Pass {

    Fence fence();

    /** Whether what is read whole is compared with what is stored, for a reconciliation. */
    default boolean compares() {
        return false;
    }

    /** The run this turn belongs to; a quiet turn has none, so the row is made when it is first asked for. */
    Uni<UUID> runId();

    /** Adds to a count of the run, such as {@code variants-read} or {@code stock-written}. */
    void count(String what, long more);

    /** How many there will be, where it is known; shown beside the count of the same name. */
    void expect(String what, long total);

    /** How many are left beside those counted so far: {@link #expect} where it is known only in the midst. */
    default void remaining(String what, long left) {}

    void phase(String phase);

    /** Stores the counts so far; called between chunks, so that a person can watch. */
    Uni<Void> flush();

    /** Stores one row that could not be done, with its reason; the pass goes on. */
    Uni<Void> failed(String subject, String code, String message);
}
