package dev.tillbridge.catalog;

import java.util.ArrayList;
import java.util.List;

/**
 * The statements that list links. $1 channel, $2 the id to go on after, $3 the metafield's name, $4 how many, $5 how many to
 * skip; of a search $6 the text, or $6 the variants and $7 the items that were found to hold it. Each status is read from the
 * table and index that holds it, in the order of the page, so that a page costs the same wherever it lies.
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
                                         from link l ${both}
                                         where l.channel_id = $1 and l.variant_id ${from} ${status} ${step} ${search}
                                         order by l.variant_id limit $4::bigint + $5::bigint)
                                        """;

    /** Not by "not exists", for which all links would be put into a table first, for a page of a hundred rows. */
    private static final String REASONS = """
                                          (select u.variant_id, null as item_id, u.status, u.reason
                                           from unlinked u ${one}
                                           where u.channel_id = $1 and u.variant_id ${from} ${status} ${search}
                                             and (select l.item_id from link l where l.channel_id = $1 and l.variant_id = u.variant_id) is null
                                           order by u.variant_id limit $4::bigint + $5::bigint)
                                          """;

    private static final String VARIANTS = """
                                           with page as materialized (select * from (${branches}) as r order by variant_id limit $4::bigint offset $5::bigint)
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
                                          order by i.id limit $4::bigint offset $5::bigint),
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

    static final String VARIANTS_AFTER = """
                                         select (select count(*) from link l where l.channel_id = $1 and l.variant_id > $2)
                                           + (select count(*) from unlinked u where u.channel_id = $1 and u.variant_id > $2
                                              and not exists (select 1 from link l where l.channel_id = $1 and l.variant_id = u.variant_id))
                                         """;

    private static final String BOTH = """
                                       join variant v on v.store_id = l.store_id and v.id = l.variant_id
                                       left join item i on i.channel_id = l.channel_id and i.id = l.item_id
                                       """;

    private static final String ONE = """
                                      join channel c on c.id = u.channel_id
                                      join variant v on v.store_id = c.store_id and v.id = u.variant_id
                                      """;

    /**
     * Which variants and items hold a text, $2: all of them where they are few, and else so many that going through the list
     * in its order finds a page soon. {@code strpos}, which takes no wildcards, is also what the planner expects many rows of.
     */
    static final String FOUND = """
                                select
                                  array(select v.id from variant v join channel c on c.id = $1 and c.store_id = v.store_id
                                    where strpos(v.search, lower($2)) > 0 limit $3) as variants,
                                  array(select i.id from item i where i.channel_id = $1 and strpos(i.search, lower($2)) > 0 limit $3) as items
                                """;

    /** As the channel's overview counts them. Found as a whole: nothing says where in the list's order the few of them lie. */
    private static final String OUT_OF_STEP = """
                                              and l.variant_id in (
                                                select t.variant_id from link_target t
                                                join item h on h.channel_id = t.channel_id and h.id = t.item_id and not h.gone
                                                where t.channel_id = $1 and t.target is not null and h.quantity is distinct from t.target)
                                              """;

    private static final String IN_VARIANT = "strpos(v.search, lower($6)) > 0";
    private static final String IN_ITEM = "strpos(i.search, lower($6)) > 0";

    /** How what is searched for is found. */
    enum Search {
        NONE,
        /** Row by row: many hold it. */
        TEXT,
        /** Among the rows that were found to hold it. */
        IDS
    }

    private LinkListSql() {}

    /**
     * @param status null: all but {@link LinkStatus#TILL_ONLY}, which {@link #items} lists
     * @param outOfStep only links whose item shows another quantity than it should
     */
    static String variants(LinkStatus status, boolean outOfStep, Search search) {
        List<String> branches = new ArrayList<>();
        if (status == null || status == LinkStatus.LINKED || status == LinkStatus.DRIFTED) {
            branches.add(LINKS.replace("${status}", status == null
                    ? ""
                    : status == LinkStatus.LINKED ? "and l.drift is null" : "and l.drift is not null")
                    .replace("${step}", outOfStep ? OUT_OF_STEP : "")
                    .replace("${both}", search == Search.TEXT ? BOTH : "")
                    .replace("${search}", switch (search) {
                        case NONE -> "";
                        case TEXT -> "and (" + IN_VARIANT + " or " + IN_ITEM + ")";
                        case IDS -> "and (l.variant_id = any ($6::text[]) or l.item_id = any ($7::text[]))";
                    }));
        }
        if (!outOfStep && status != LinkStatus.LINKED && status != LinkStatus.DRIFTED) {
            branches.add(REASONS.replace("${status}", status == null ? "" : "and u.status = '" + status.text() + "'")
                    .replace("${one}", search == Search.TEXT ? ONE : "")
                    .replace("${search}", switch (search) {
                        case NONE -> "";
                        case TEXT -> "and " + IN_VARIANT;
                        // The items are named for the parameter's sake.
                        case IDS -> "and u.variant_id = any ($6::text[]) and ($7::text[] is null or true)";
                    }));
        }
        return listed(branches, "> $2");
    }

    /** The row of the variant $2. */
    static String variant() {
        return listed(
                List.of(LINKS.replace("${both}", "").replace("${status}", "").replace("${step}", "").replace("${search}", ""),
                        REASONS.replace("${one}", "").replace("${status}", "").replace("${search}", "")),
                "= $2");
    }

    private static String listed(List<String> branches, String from) {
        return VARIANTS.replace("${branches}", String.join(" union all ", branches)).replace("${from}", from);
    }

    static String items(UniqueIdentifier identifier, Search search) {
        return ITEMS.replace("${v}", MatchSql.variantKey(identifier)).replace("${i}", MatchSql.itemKey(identifier))
                .replace("${search}", switch (search) {
                    case NONE -> "";
                    case TEXT -> "and " + IN_ITEM;
                    case IDS -> "and i.id = any ($7::text[]) and ($6::text[] is null or true)";
                });
    }
}
