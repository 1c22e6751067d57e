package dev.tillbridge.bench;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Waits for what the service writes into its database. */
final class Counted {

    private static final Duration LONGEST = Duration.ofMinutes(30);
    private static final Duration LATEST = Duration.ofMinutes(5);

    private Counted() {}

    /** Until there are so many. */
    static void await(Connection database, String count, int enough) throws SQLException, InterruptedException {
        long began = System.nanoTime();
        while (true) {
            try (var statement = database.createStatement(); ResultSet row = statement.executeQuery(count)) {
                row.next();
                if (row.getInt(1) >= enough) {
                    return;
                }
            }
            if (System.nanoTime() - began > LONGEST.toNanos()) {
                throw new IllegalStateException("Not so far: " + count);
            }
            Thread.sleep(500);
        }
    }

    /**
     * Until all of these are there; answers how long each took.
     *
     * @param rows a statement that answers {@code what} and {@code at}
     * @param began when each began, in milliseconds since 1970
     */
    static Latencies latencies(Connection database, String rows, Map<String, Long> began)
            throws SQLException, InterruptedException {
        long since = System.nanoTime();
        while (true) {
            List<Long> took = new ArrayList<>();
            try (var statement = database.createStatement(); ResultSet found = statement.executeQuery(rows)) {
                while (found.next()) {
                    Long at = began.get(found.getString("what"));
                    if (at != null) {
                        took.add(found.getTimestamp("at").getTime() - at);
                    }
                }
            }
            if (took.size() >= began.size()) {
                return new Latencies(took);
            }
            if (System.nanoTime() - since > LATEST.toNanos()) {
                throw new IllegalStateException("Of " + began.size() + " only " + took.size() + " are there");
            }
            Thread.sleep(200);
        }
    }
}
