package dev.tillbridge.testing;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/**
 * Several packaged services over one database, each a process of its own. Each names its connections in PostgreSQL
 * ({@code application_name}), so that one replica's can be told from the others'.
 */
public final class Replicas implements AutoCloseable {

    private final List<ServiceProcess> all;
    private final String name;

    private Replicas(String name, List<ServiceProcess> all) {
        this.name = name;
        this.all = all;
    }

    /** As {@link #start(String, int, Map, IntFunction)}, all with the same options. */
    public static Replicas start(String name, int count, Map<String, String> config, String... options) {
        return start(name, count, config, number -> List.of(options));
    }

    /**
     * Starts so many at once and waits until all are ready; the first migrates the schema alone. Where a configuration names its
     * own address, that of the first is meant: seen from outside they are one.
     *
     * @param options of each one's JVM, by its number
     */
    public static Replicas start(String name, int count, Map<String, String> config, IntFunction<List<String>> options) {
        Replicas replicas = new Replicas(name, new ArrayList<>());
        try {
            for (int number = 0; number < count; number++) {
                Map<String, String> own = new HashMap<>(config);
                own.computeIfPresent("quarkus.datasource.reactive.url",
                        (key, url) -> url + "?application_name=" + replicas.connectionsOf(replicas.all.size()));
                if (number > 0) {
                    own.replaceAll((key, value) -> value.replace(ServiceProcess.OWN_ADDRESS, replicas.get(0).base()));
                }
                replicas.all.add(ServiceProcess.begin(name + "-" + number, own, options.apply(number).toArray(String[]::new)));
                if (number == 0) {
                    replicas.all.get(0).awaitReady();
                }
            }
            replicas.all.forEach(ServiceProcess::awaitReady);
            return replicas;
        } catch (RuntimeException e) {
            replicas.close();
            throw e;
        }
    }

    /** What this replica's connections are called in {@code pg_stat_activity}. */
    public String connectionsOf(int number) {
        return name + "-" + number;
    }

    /** The address of each. */
    public List<String> bases() {
        return all.stream().map(ServiceProcess::base).toList();
    }

    public int count() {
        return all.size();
    }

    public ServiceProcess get(int number) {
        return all.get(number);
    }

    /** The REST API of one of them. */
    public ServiceApi api(int number) {
        return all.get(number).api();
    }

    /** The replica that says it works on this store under this fencing number; -1 where none does. */
    public int holder(String storeId, long fence) {
        String said = "Store " + storeId + " is worked on here, with fencing number " + fence;
        return IntStream.range(0, all.size()).filter(number -> all.get(number).printed().matches("(?s).*" + said + "\\b.*"))
                .findFirst().orElse(-1);
    }

    @Override
    public void close() {
        all.stream().filter(ServiceProcess::alive).forEach(ServiceProcess::close);
    }
}
