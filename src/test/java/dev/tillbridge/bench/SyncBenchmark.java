package dev.tillbridge.bench;

import java.io.IOException;
import java.sql.SQLException;
import java.util.List;

/**
 * Prints a line for each figure of BENCHMARKS.md. Arguments choose what is measured: {@code write-rate}, {@code read-20000},
 * {@code read-200000}, {@code reconcile-20000}, {@code links-50000} (the list of so many), {@code orders-2000} (at the vendors' limits), {@code orders-50000} (without them), {@code sale-latency}, {@code change-latency},
 * {@code quiet-1000}, {@code webhooks-500} (so many a second for a minute), {@code plain},
 * {@code replicas} and {@code start}; without any, all of them one after another.
 */
public final class SyncBenchmark {

    private static final List<String> ALL = List.of("write-rate", "read-20000", "read-200000", "reconcile-20000",
            "links-50000", "orders-2000", "orders-50000", "sale-latency", "change-latency", "quiet-1000", "webhooks-500",
            "plain", "replicas", "start");

    /** So many orders take minutes at Shopify's limits; more would take hours. */
    private static final int LIMITED = 5_000;

    private SyncBenchmark() {}

    public static void main(String[] args) throws IOException, InterruptedException, SQLException {
        for (String what : args.length == 0 ? ALL : List.of(args)) {
            if (what.equals("write-rate")) {
                new WriteRate().measure();
            } else if (what.matches("read-\\d{1,7}")) {
                new FullRead(Integer.parseInt(what.substring("read-".length()))).measure();
            } else if (what.matches("reconcile-\\d{1,7}")) {
                new ReconciliationTime(Integer.parseInt(what.substring("reconcile-".length()))).measure();
            } else if (what.matches("links-\\d{4,7}")) {
                new LinkListLatency(Integer.parseInt(what.substring("links-".length()))).measure();
            } else if (what.equals("replicas")) {
                new ReplicaRate().measure();
            } else if (what.matches("orders-\\d{1,6}")) {
                int sales = Integer.parseInt(what.substring("orders-".length()));
                new OrderRate(sales, sales <= LIMITED).measure();
            } else if (what.equals("sale-latency")) {
                new SaleLatency().measure();
            } else if (what.equals("change-latency")) {
                new ChangeLatency().measure();
            } else if (what.matches("quiet-\\d{1,5}")) {
                new QuietStores(Integer.parseInt(what.substring("quiet-".length()))).measure();
            } else if (what.matches("webhooks-\\d{1,5}")) {
                new WebhookRate(Integer.parseInt(what.substring("webhooks-".length()))).measure();
            } else if (what.equals("plain")) {
                new PlainComparison().measure();
            } else if (what.equals("start")) {
                new StartUp().measure();
            } else {
                throw new IllegalArgumentException("Measure one of " + ALL + ", not " + what);
            }
        }
    }

    static void tell(String line) {
        System.out.println(line);
    }
}
