package dev.tillbridge.notification;

import java.util.Arrays;

/** The statements of digests. What is due is said once, because claiming and reading must mean the same. */
final class DigestSql {

    /**
     * Of alias n: open, and not told of yet; or told of longer ago than the repeat delay, and of a kind that is reminded of or
     * raised again since. $1: the kinds this version knows, in the digest's order, $2: those it reminds of, $3: the repeat
     * delay in milliseconds.
     */
    private static final String DUE = """
            n.resolved_at is null and n.kind = any ($1::text[])
              and (n.mailed_at is null
                or n.mailed_at <= clock_timestamp() - $3 * interval '1 millisecond'
                  and (n.kind = any ($2::text[]) or n.last_raised_at > n.mailed_at))""";

    /** Whether the channel c wants mail at all. */
    private static final String WANTED = """
            jsonb_array_length(coalesce(c.settings #> '{notifications,recipients}', '[]')) > 0
              and coalesce((c.settings #>> '{orderSync,notifyOnUnlinked}')::boolean, true) and c.status <> 'PAUSED'""";

    /** Whether missing links of the channel c matter yet. */
    private static final String LOOKS_AT_PRODUCTS = """
            (coalesce((c.settings #>> '{orderSync,enabled}')::boolean, false)
              or coalesce((c.settings #>> '{inventorySync,enabled}')::boolean, false))""";

    /** What a person blocked is not asked for again. */
    private static final String ASKED_FOR = "u.status in ('unlinked', 'ambiguous')";

    /** The row to claim. */
    static final String PREPARE = """
            insert into mail_digest (channel_id)
            select c.id from channel c where not exists (select from mail_digest d where d.channel_id = c.id)
            for key share of c skip locked
            on conflict do nothing
            """;

    /** $4: how long notices wait for others, $5: the time between digests, both in milliseconds, $6: the cap, $7: how many. */
    static final String CLAIM = """
            update mail_digest d set claimed_until = clock_timestamp() + interval '2 minutes'
            from (
              select d.channel_id from mail_digest d join channel c on c.id = d.channel_id
              where (d.claimed_until is null or d.claimed_until < clock_timestamp())
                and (d.retry_at is null or d.retry_at <= clock_timestamp())
                and (d.sent_at is null or d.sent_at <= clock_timestamp() - $5 * interval '1 millisecond')
                and (d.day is distinct from (clock_timestamp() at time zone 'UTC')::date or d.mails < $6)
                and %s
                and (
                  exists (
                    select from notice n
                    where n.channel_id = c.id and n.raised_at <= clock_timestamp() - $4 * interval '1 millisecond' and %s)
                  or %s and exists (
                    select from unlinked u
                    where u.channel_id = c.id and %s and u.since > coalesce(d.unlinked_until, '-infinity')
                      and u.since <= clock_timestamp() - $4 * interval '1 millisecond'))
              order by d.sent_at nulls first, d.channel_id for update of d skip locked limit $7
            ) due
            where d.channel_id = due.channel_id
            returning d.channel_id
            """.formatted(WANTED, DUE, LOOKS_AT_PRODUCTS, ASKED_FOR);

    /** Settings may have changed since the claim; no recipients where no mail is wanted any more. */
    static final String CHANNEL = """
            select clock_timestamp() as as_of, c.name, c.timezone, s.name as store_name, %s as looks_at_products,
              case when %s then c.settings #> '{notifications,recipients}' else '[]' end as recipients
            from channel c join store s on s.id = c.store_id
            where c.id = $1
            """.formatted(LOOKS_AT_PRODUCTS, WANTED);

    /** $4: the channel, $5: how many are shown. More than 10,000 are told of in turns. */
    static final String NOTICES = """
            select n.id, n.kind, n.raised_at, n.mailed_at is not null as told, n.place <= $5 as shown,
              case when n.place <= $5 then n.title end as title, case when n.place <= $5 then n.detail end as detail,
              case when n.place <= $5 then n.path end as path
            from (
              select n.*, row_number() over (order by array_position($1::text[], n.kind), n.raised_at, n.id) as place
              from notice n where n.channel_id = $4 and %s
            ) n
            order by n.place limit 10000
            """.formatted(DUE);

    /** $2: rows later than this are for the next digest, $3: how many are shown. */
    static final String PRODUCTS = """
            select coalesce(v.title, u.variant_id) as title, v.sku, u.reason, count(*) over () as fresh,
              (select count(*) from unlinked u where u.channel_id = $1 and %1$s) as all_unlinked
            from mail_digest d join channel c on c.id = d.channel_id
            join unlinked u on u.channel_id = d.channel_id and %1$s and u.since > coalesce(d.unlinked_until, '-infinity')
              and u.since <= $2
            left join variant v on v.store_id = c.store_id and v.id = u.variant_id
            where d.channel_id = $1
            order by u.since, u.variant_id limit $3
            """.formatted(ASKED_FOR);

    /** What was resolved and raised anew meanwhile ($2) is told of next time. Locked in the order of {@link Notices}. */
    static final String TOLD = """
            update notice set mailed_at = clock_timestamp(),
              resolved_at = case when kind = any ($3::text[]) then clock_timestamp() else resolved_at end
            where raised_at <= $2
              and id in (select id from notice where id = any ($1::uuid[]) order by channel_id, kind, subject for update)
            """;

    static final String SENT = """
            update mail_digest
            set claimed_until = null, sent_at = clock_timestamp(), attempts = 0, retry_at = null, last_error = null,
              day = (clock_timestamp() at time zone 'UTC')::date,
              mails = case when day = (clock_timestamp() at time zone 'UTC')::date then mails + 1 else 1 end,
              unlinked_until = coalesce($2, unlinked_until)
            where channel_id = $1
            """;

    /** What was resolved long ago keeps nothing from being told again. */
    static final String FORGET = "delete from notice where channel_id = $1 and resolved_at < clock_timestamp() - interval '30 days'";

    static final String FAILED = """
            update mail_digest
            set claimed_until = null, attempts = attempts + 1, last_error = $2,
              retry_at = clock_timestamp() + least(interval '1 hour', interval '1 minute' * power(2, least(attempts, 6)))
            where channel_id = $1
            """;

    static final String RELEASE = "update mail_digest set claimed_until = null where channel_id = $1";

    private DigestSql() {}

    /** In the order of the digest. A kind that only a newer version knows is left to it. */
    static String[] kinds() {
        return Arrays.stream(NoticeKind.values()).map(Enum::name).toArray(String[]::new);
    }

    static String[] remindingKinds() {
        return Arrays.stream(NoticeKind.values()).filter(NoticeKind::reminds).map(Enum::name).toArray(String[]::new);
    }
}
