package dev.tillbridge.webhook;

import java.util.List;
import java.util.function.Function;

import jakarta.enterprise.context.ApplicationScoped;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;

import dev.tillbridge.channel.WebhookConfig;

/** Stores hints, many of them in one statement, which is one transaction. */
@ApplicationScoped
class InboxWriter {

    /**
     * What came before is left out, what is left opens a row per resource or joins the one that is open. Rows are taken in the
     * order of their keys, so that two replicas never wait for each other. A store that nobody holds is due, its holder is told.
     * A new delivery ends a long rest of its resource's. A pause that changes fell into is no usual one, and a single long one
     * makes no other usual. What is about a store or merchant that is not connected (any more) joins nothing.
     */
    private static final String STORE = """
            with told as materialized (
              select coalesce(c.store_id, s.id) as store_id, c.id as channel_id, t.merchant_id, t.kind, t.resource_id, t.event
              from unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::text[], $6::text[])
                as t (shop_domain, integration, merchant_id, kind, resource_id, event)
              left join store s on s.shop_domain = t.shop_domain
              left join channel c on c.integration = t.integration and c.merchant_id = t.merchant_id),
            fresh as (
              insert into webhook_event (store_id, event)
              select distinct store_id, event from told where event is not null and store_id is not null order by 1, 2
              on conflict do nothing returning store_id, event),
            wanted as materialized (
              select t.store_id, t.channel_id, t.kind, t.resource_id
              from told t left join fresh f on f.store_id = t.store_id and f.event = t.event
              where t.store_id is not null and t.kind is not null and (t.event is null or f.event is not null)),
            opened as (
              insert into webhook_inbox as i (store_id, channel_id, kind, resource_id, version)
              select store_id, channel_id, kind, resource_id, count(*) from wanted group by 1, 2, 3, 4
              order by coalesce(channel_id, store_id), kind, resource_id
              on conflict (owner_id, kind, resource_id) do update
              set last_at = clock_timestamp(), version = i.version + excluded.version,
                retry_at = case when i.retry_at is null then null
                  else least(i.retry_at, clock_timestamp() + $7 * interval '1 millisecond') end
              returning store_id, xmax = 0 as opened),
            heard as (
              insert into webhook_status as w (store_id, last_at)
              select h.store_id, clock_timestamp()
              from (select distinct store_id from told where store_id is not null and merchant_id is null) h order by 1
              on conflict (store_id) do update set last_at = clock_timestamp(), unannounced_since = null,
                usual_gap = case when w.last_at < clock_timestamp() - interval '1 minute'
                    and w.silent_since is null and w.unannounced_since is null
                  then coalesce(w.usual_gap * 0.9
                      + 0.1 * least(3 * w.usual_gap, extract(epoch from clock_timestamp() - w.last_at)),
                    extract(epoch from clock_timestamp() - w.last_at))
                  else w.usual_gap end),
            due as (
              update store_lease l set due_at = clock_timestamp() from (select distinct store_id from opened) o
              where l.store_id = o.store_id and l.owner is null and l.due_at > clock_timestamp()),
            notified as (
              select pg_notify('tillbridge_due', o.store_id || ' inbox') from (select distinct store_id from opened) o)
            select (select count(distinct (store_id, event)) from told where event is not null and store_id is not null)
                - (select count(*) from fresh) as known,
              (select count(*) from told where event is not null and store_id is not null)
                - (select count(distinct (store_id, event)) from told where event is not null and store_id is not null) as twice,
              (select count(*) from wanted) - (select count(*) from opened where opened) as coalesced,
              (select count(*) from told where store_id is null and merchant_id is not null) as strangers,
              (select count(*) from notified) as notified
            """;

    private final Pool pool;
    private final WebhookConfig config;
    private final WebhookMetrics metrics;

    InboxWriter(Pool pool, WebhookConfig config, WebhookMetrics metrics) {
        this.pool = pool;
        this.config = config;
        this.metrics = metrics;
    }

    /** Completes when it is committed. */
    Uni<Void> store(List<InboxEntry> entries) {
        return pool.preparedQuery(STORE)
                .execute(Tuple.tuple().addArrayOfString(texts(entries, InboxEntry::shopDomain))
                        .addArrayOfString(texts(entries, InboxEntry::integration))
                        .addArrayOfString(texts(entries, InboxEntry::merchantId))
                        .addArrayOfString(texts(entries, entry -> entry.hint() == null ? null : entry.hint().kind().name()))
                        .addArrayOfString(texts(entries, entry -> entry.hint() == null ? null : entry.hint().resourceId()))
                        .addArrayOfString(texts(entries, InboxEntry::event))
                        .addLong(config.firstRetry().toMillis()))
                .map(rows -> rows.iterator().next()).invoke(this::count).replaceWithVoid();
    }

    private void count(Row row) {
        metrics.duplicates(row.getLong("known") + row.getLong("twice"));
        metrics.coalesced(row.getLong("coalesced"));
        metrics.unknownMerchants(row.getLong("strangers"));
    }

    private static String[] texts(List<InboxEntry> entries, Function<InboxEntry, String> field) {
        return entries.stream().map(field).toArray(String[]::new);
    }
}
