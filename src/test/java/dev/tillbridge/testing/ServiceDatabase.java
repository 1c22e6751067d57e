package dev.tillbridge.testing;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;

import dev.tillbridge.sandbox.EmbeddedDatabase;

/** The database of services under test, as its administrator sees it; each call opens a connection of its own. */
public final class ServiceDatabase {

    /** What its connections are called, so that they can be told from a service's; one that was closed ends a moment later. */
    public static final String OBSERVER = "observer";

    private final String jdbcUrl;

    public ServiceDatabase(String jdbcUrl) {
        this.jdbcUrl = jdbcUrl;
    }

    public String jdbcUrl() {
        return jdbcUrl;
    }

    /** The rows by column, in the order they come. */
    public List<Map<String, Object>> rows(String sql, Object... parameters) {
        try (Connection connection = DriverManager.getConnection(jdbcUrl, observer());
                PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < parameters.length; i++) {
                statement.setObject(i + 1, parameters[i]);
            }
            List<Map<String, Object>> rows = new ArrayList<>();
            if (statement.execute()) {
                ResultSet found = statement.getResultSet();
                while (found.next()) {
                    Map<String, Object> row = new LinkedHashMap<>();
                    for (int column = 1; column <= found.getMetaData().getColumnCount(); column++) {
                        row.put(found.getMetaData().getColumnLabel(column), found.getObject(column));
                    }
                    rows.add(row);
                }
            }
            return rows;
        } catch (SQLException e) {
            throw new IllegalStateException(sql, e);
        }
    }

    private static Properties observer() {
        Properties properties = new Properties();
        properties.setProperty("user", EmbeddedDatabase.USER);
        properties.setProperty("password", EmbeddedDatabase.PASSWORD);
        properties.setProperty("ApplicationName", OBSERVER);
        return properties;
    }

    /** A statement whose rows nobody needs. */
    public void run(String sql) {
        if (!rows(sql).isEmpty()) {
            throw new IllegalArgumentException("It has rows: " + sql);
        }
    }

    /** The only value of the only row. */
    public long number(String sql, Object... parameters) {
        return ((Number) rows(sql, parameters).get(0).values().iterator().next()).longValue();
    }

    /** Ends all connections of this name, as a firewall or an administrator does; answers how many there were. */
    public int cut(String applicationName) {
        return rows("select pg_terminate_backend(pid) from pg_stat_activity where application_name = ?", applicationName)
                .size();
    }

    /**
     * Kills one of the server's processes: PostgreSQL then ends all others, throws away its shared memory and recovers from
     * its log, as after a crash of the machine. Every connection is gone, and none is taken meanwhile.
     */
    public void crash() {
        long pid = number("select pid from pg_stat_activity where backend_type = 'background writer'");
        if (!ProcessHandle.of(pid).map(ProcessHandle::destroyForcibly).orElse(false)) {
            throw new IllegalStateException("PostgreSQL's process " + pid + " cannot be killed");
        }
    }
}
