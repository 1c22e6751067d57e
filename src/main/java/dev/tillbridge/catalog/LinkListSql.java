package dev.tillbridge.catalog;

import java.util.ArrayList;
import java.util.List;

/**
 * The statements that list links. $1 channel, $2 the id to go on after, $3 the metafield's name, $4 how many, $5 the
 * pattern searched for, where there is one. Each status is read from the table and index that holds it, in the order of
 * the page, so that a page costs the same wherever it lies.
 */
final class LinkListSql {

    static final String COUNTS = """
                                 select
                                   (select count(*) from link l where l.channel_id = $1 and l.drift is null),
                                   (select count(*) from link l where l.channel_id = $1 and l.drift is not null),
                                   count(*) filter (where u.status = 'unlinked'), count(*) filter (where u.status = 'ambiguous'),
                                   count(*) filter (where u.status = 'blocked'),
                                   (select count(*) from item i where i.channel_id = $1 and not i.gone
                                      and not exists (select 1 from link l where l.channel_id = $1 and l.item_id = i.id))
                                 from unlinked u
                                 where u.channel_id = $1 and not exists (select 1 from link l where l.channel_id = $1 and l.variant_id = u.variant_id)
                                 """;

    private static final String LINKS = """
                                        (select l.variant_id, l.item_id, case when l.drift is null then 'linked' else 'drifted' end as status, l.drift as reason
                                         from link l
                                         join variant v on v.store_id = l.store_id and v.id = l.variant_id
                                         left join item i on i.channel_id = l.channel_id and i.id = l.item_id
                                         where l.channel_id = $1 and l.variant_id > $2 ${status} ${search}
                                         order by l.variant_id limit $4)
                                        """;

    private static final String REASONS = """
                                          (select u.variant_id, null as item_id, u.status, u.reason
                                           from unlinked u
                                           join channel c on c.id = u.channel_id
                                           join variant v on v.store_id = c.store_id and v.id = u.variant_id
                                           where u.channel_id = $1 and u.variant_id > $2 ${status} ${search}
                                             and not exists (select 1 from link l where l.channel_id = $1 and l.variant_id = u.variant_id)
                                           order by u.variant_id limit $4)
                                          """;

    private static final String VARIANTS = """
                                           with page as materialized (select * from (${branches}) as r order by variant_id limit $4)
                                           select r.status, r.reason, v.id, v.sku, v.barcode, v.title, v.tracked, v.price,
                                                  i.id, i.sku, i.code, i.name, i.price_type, i.quantity, i.price,
                                                  t.store_available, t.unposted, t.safety_stock, t.target, s.currency, c.currency,
                                                  p.target, p.left_alone, n.outcome, n.problem
                                           from page r
                                           join channel c on c.id = $1 and ($3::text is null or true)
                                           join store s on s.id = c.store_id
                                           join variant v on v.store_id = c.store_id and v.id = r.variant_id
                                           left join item i on i.channel_id = $1 and i.id = r.item_id
                                           left join link_target t on t.channel_id = $1 and t.variant_id = r.variant_id
                                           left join link_price p on p.channel_id = $1 and p.variant_id = r.variant_id
                                           left join till_price n on n.channel_id = $1 and n.item_id = r.item_id
                                             and n.sent = p.target and p.target is distinct from p.channel_price
                                           order by r.variant_id
                                           """;

    private static final String ITEMS = """
                                        with page as materialized (
                                          select i.id, ${i} as key from item i
                                          where i.channel_id = $1 and not i.gone and i.id > $2 and ($3::text is null or true) ${search}
                                            and not exists (select 1 from link l where l.channel_id = $1 and l.item_id = i.id)
                                          order by i.id limit $4),
                                        carriers as (
                                          select k.key, count(*) as total, min(v.id) as id
                                          from (select distinct key from page where key is not null) k
                                          join channel c on c.id = $1
                                          join variant v on v.store_id = c.store_id and not v.gone and ${v} = k.key
                                          group by k.key)
                                        select p.key, coalesce(a.total, 0), w.title, w.id, u.reason,
                                               i.id, i.sku, i.code, i.name, i.price_type, i.quantity, i.price, c.currency
                                        from page p
                                        join channel c on c.id = $1
                                        join item i on i.channel_id = $1 and i.id = p.id
                                        left join carriers a using (key)
                                        left join variant w on w.store_id = c.store_id and w.id = a.id
                                        left join unlinked u on u.channel_id = $1 and u.variant_id = a.id
                                        order by p.id
                                        """;

    // "\" is the escape character of "like" by default.
    private static final String SEARCH_VARIANT = "v.sku ilike $5 or v.barcode ilike $5 or v.title ilike $5";
    private static final String SEARCH_ITEM = "i.name ilike $5 or i.sku ilike $5 or i.code ilike $5";

    private LinkListSql() {}

    /** @param status null: all but {@link LinkStatus#TILL_ONLY}, which {@link #items} lists */
    static String variants(LinkStatus status, boolean search) {
        List<String> branches = new ArrayList<>();
        if (status == null || status == LinkStatus.LINKED || status == LinkStatus.DRIFTED) {
            branches.add(LINKS.replace("${status}", status == null
                    ? ""
                    : status == LinkStatus.LINKED ? "and l.drift is null" : "and l.drift is not null")
                    .replace("${search}", search ? "and (" + SEARCH_VARIANT + " or " + SEARCH_ITEM + ")" : ""));
        }
        if (status != LinkStatus.LINKED && status != LinkStatus.DRIFTED) {
            branches.add(REASONS.replace("${status}", status == null ? "" : "and u.status = '" + status.text() + "'")
                    .replace("${search}", search ? "and (" + SEARCH_VARIANT + ")" : ""));
        }
        return VARIANTS.replace("${branches}", String.join(" union all ", branches));
    }

    static String items(UniqueIdentifier identifier, boolean search) {
        return ITEMS.replace("${v}", MatchSql.variantKey(identifier)).replace("${i}", MatchSql.itemKey(identifier))
                .replace("${search}", search ? "and (" + SEARCH_ITEM + ")" : "");
    }

    /** What {@code ilike} takes to find a text anywhere. */
    static String pattern(String searched) {
        return "%" + searched.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_").replace("\0", "") + "%";
    }
}
