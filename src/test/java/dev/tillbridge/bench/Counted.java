package dev.tillbridge.bench;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;

/** Waits until there are so many rows in the service's database. */
final class Counted {

    private static final Duration LONGEST = Duration.ofMinutes(30);

    private Counted() {}

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
}
