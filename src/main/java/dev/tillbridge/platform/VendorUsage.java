package dev.tillbridge.platform;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

import jakarta.inject.Singleton;

import org.jboss.logging.Logger;

import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;

/**
 * What is asked of the vendors, by account and minute: connectors tell of each answer, and every fifteen seconds what was told is
 * added to the database's minute. All replicas add to the same rows, so that what is read is the whole; what a replica has
 * counted and not yet added when it is killed is lost.
 */
@Singleton
public class VendorUsage {

    private static final Logger LOG = Logger.getLogger(VendorUsage.class);

    /** One row for each account that was called since the last time, in the order of the key: replicas must not lock crosswise. */
    private static final String ADD = """
            insert into vendor_usage as u (side, account, minute, requests, throttled, used, per_minute)
            select t.side, t.account, date_trunc('minute', clock_timestamp()), t.requests, t.throttled, t.used::numeric, t.per_minute::numeric
            from unnest($1::text[], $2::text[], $3::int[], $4::int[], $5::text[], $6::text[])
              as t (side, account, requests, throttled, used, per_minute)
            order by t.side, t.account
            on conflict (side, account, minute) do update set requests = u.requests + excluded.requests,
              throttled = u.throttled + excluded.throttled, used = u.used + excluded.used,
              per_minute = coalesce(excluded.per_minute, u.per_minute)
            """;

    private static final String FORGET = """
            delete from vendor_usage u using (
              select side, account, minute from vendor_usage where minute < clock_timestamp() - interval '6 hours'
              limit 50000 for update skip locked) old
            where u.side = old.side and u.account = old.account and u.minute = old.minute
            """;

    private static final String READ = """
            select minute, requests, throttled, used, per_minute from vendor_usage
            where side = $1 and account = $2 and minute > clock_timestamp() - $3 * interval '1 minute' order by minute
            """;

    private final Pool pool;
    private final Map<Account, Sum> sums = new ConcurrentHashMap<>();

    VendorUsage(Pool pool) {
        this.pool = pool;
    }

    /** Counts alone, for what runs without a database. */
    public static VendorUsage unsaved() {
        return new VendorUsage(null);
    }

    /**
     * @param side the connector's key, such as {@code clover}
     * @param account whom the vendor's limit is for: a merchant's id, a shop's domain
     */
    public record Account(String side, String account) {}

    /**
     * A minute of the database's clock.
     *
     * @param used in the unit that the vendor limits
     * @param perMinute how much of it the vendor gives back in a minute; null where it has not said
     */
    public record Minute(Instant at, int requests, int throttled, BigDecimal used, BigDecimal perMinute) {}

    /**
     * An answer was there, or was given up on.
     *
     * @param used of what the vendor limits
     * @param perMinute null where this answer does not tell it
     * @param throttled whether the vendor refused it for its limit
     */
    public void answered(Account account, double used, Double perMinute, boolean throttled) {
        sums.merge(account, new Sum(1, throttled ? 1 : 0, used, perMinute), Sum::plus);
    }

    /** The last minutes in which anything was asked, the oldest first. */
    public Uni<List<Minute>> last(Account account, int minutes) {
        return pool.preparedQuery(READ).execute(Tuple.of(account.side(), account.account(), minutes))
                .map(rows -> rows.stream().map(row -> new Minute(SqlTime.instant(row, "minute"), row.getInteger("requests"),
                        row.getInteger("throttled"), row.getBigDecimal("used"), row.getBigDecimal("per_minute"))).toList());
    }

    @Scheduled(identity = "vendor-usage", every = "15s", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    Uni<Void> save() {
        List<Map.Entry<Account, Sum>> taken = new ArrayList<>();
        for (Account account : List.copyOf(sums.keySet())) {
            Sum sum = sums.remove(account);
            if (sum != null) {
                taken.add(Map.entry(account, sum));
            }
        }
        if (taken.isEmpty()) {
            return Uni.createFrom().voidItem();
        }
        return pool.preparedQuery(ADD).execute(tuple(taken)).replaceWithVoid()
                .onFailure().invoke(failure -> {
                    taken.forEach(entry -> sums.merge(entry.getKey(), entry.getValue(), Sum::plus));
                    LOG.warnf("What was asked of the vendors could not be written down: %s", failure.getMessage());
                })
                .onFailure().recoverWithNull();
    }

    @Scheduled(identity = "vendor-usage-cleaning", every = "5m", delayed = "1m", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    Uni<Void> forget() {
        return pool.query(FORGET).execute().replaceWithVoid()
                .onFailure().invoke(failure -> LOG.warnf("Old usage could not be forgotten: %s", failure.getMessage()))
                .onFailure().recoverWithNull();
    }

    private static Tuple tuple(List<Map.Entry<Account, Sum>> taken) {
        return Tuple.tuple().addArrayOfString(texts(taken, entry -> entry.getKey().side()))
                .addArrayOfString(texts(taken, entry -> entry.getKey().account()))
                .addArrayOfInteger(taken.stream().map(entry -> entry.getValue().requests()).toArray(Integer[]::new))
                .addArrayOfInteger(taken.stream().map(entry -> entry.getValue().throttled()).toArray(Integer[]::new))
                .addArrayOfString(texts(taken, entry -> String.valueOf(entry.getValue().used())))
                .addArrayOfString(texts(taken, entry -> entry.getValue().perMinute() == null
                        ? null
                        : String.valueOf(entry.getValue().perMinute())));
    }

    private static String[] texts(List<Map.Entry<Account, Sum>> taken, Function<Map.Entry<Account, Sum>, String> field) {
        return taken.stream().map(field).toArray(String[]::new);
    }

    private record Sum(int requests, int throttled, double used, Double perMinute) {

        Sum plus(Sum later) {
            return new Sum(requests + later.requests, throttled + later.throttled, used + later.used,
                    later.perMinute == null ? perMinute : later.perMinute);
        }
    }
}
