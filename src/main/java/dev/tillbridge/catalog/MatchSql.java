package dev.tillbridge.catalog;

/**
 * The statements of matching for one identifier. $1 is the store, $2 the channel, $3 the metafield's name (null where
 * none is used); column names come from enums only, never from a request.
 */
public final class MatchSql {

    // A recount decided but not done is pointless, too; unless its adjustment is under way, whose outcome must be learnt.
    static final String REMOVE_GONE = """
                                      with dead as materialized (
                                        select l.variant_id, l.item_id, i.id is null or i.gone as item_gone
                                        from link l
                                        left join variant v on v.store_id = l.store_id and v.id = l.variant_id
                                        left join item i on i.channel_id = l.channel_id and i.id = l.item_id
                                        where l.store_id = $1 and l.channel_id = $2
                                          and (i.id is null or i.gone
                                               or ((v.id is null or v.gone)
                                                   and (coalesce(i.quantity, 0) <= 0
                                                        or not coalesce((select (c.settings -> 'inventorySync' ->> 'enabled')::boolean
                                                                         from channel c where c.id = $2), false))))
                                        order by l.variant_id limit $3 for update of l),
                                      unknown as (
                                        delete from till_stock t using dead d where t.channel_id = $2 and t.item_id = d.item_id),
                                      pointless as (
                                        update recount r set status = 'SETTLED', settled_at = clock_timestamp(), resolution = 'VANISHED', settled_by = 'tillbridge'
                                        from dead d where r.channel_id = $2 and r.item_id = d.item_id and (r.status = 'OPEN' or r.status = 'SETTLING'
                                             and not (r.resolution = 'ADOPT' and exists (select 1 from stock_adjustment a
                                               where a.purpose = 'recount' and a.reference = r.id::text and a.status in ('READY', 'SENT')))))
                                      delete from link l using dead d where l.channel_id = $2 and l.variant_id = d.variant_id
                                      returning l.variant_id, l.item_id, d.item_gone
                                      """;

    /** Whether the store's last full read asked for the metafield $2. */
    public static final String METAFIELD_READ = """
                                         select exists (select 1 from stream_state where store_id = $1 and owner_id = $1 and stream = 'storefront'
                                                        and $2::text = any (string_to_array(parameters, ',')))
                                         """;

    static final String FORGET_REASONS = """
                                         delete from unlinked u where u.channel_id = $2
                                           and (exists (select 1 from link l where l.channel_id = $2 and l.variant_id = u.variant_id)
                                                or not exists (select 1 from variant v where v.store_id = $1 and v.id = u.variant_id and not v.gone))
                                         """;

    static final String SET_DRIFT = """
                                    update link l set drift = r.drift from unnest($2::text[], $3::text[]) as r (variant_id, drift)
                                    where l.channel_id = $1 and l.variant_id = r.variant_id and l.drift is distinct from r.drift
                                    """;

    // The statement's answer says which links are new, so that the journal tells of those alone. What was known of an
    // item's stock under an earlier link is worth nothing under a new one.
    static final String MAKE_LINKS = """
                                     with made as (
                                       insert into link (channel_id, store_id, variant_id, item_id, origin, accepted_variant_key, accepted_item_key, created_by)
                                       select $2, $1, r.variant_id, r.item_id, 'MATCHED', r.key, r.key, $6
                                       from unnest($3::text[], $4::text[], $5::text[]) as r (variant_id, item_id, key)
                                       on conflict do nothing
                                       returning variant_id, item_id),
                                     unknown as (
                                       delete from till_stock t using made m where t.channel_id = $2 and t.item_id = m.item_id),
                                     linked as (
                                       delete from unlinked u using made m where u.channel_id = $2 and u.variant_id = m.variant_id)
                                     select variant_id, item_id from made
                                     """;

    static final String SAY_WHY = """
                                  insert into unlinked as u (channel_id, variant_id, status, reason)
                                  select $1, r.* from unnest($2::text[], $3::text[], $4::text[]) as r (variant_id, status, reason)
                                  on conflict (channel_id, variant_id) do update set status = excluded.status, reason = excluded.reason
                                  where (u.status, u.reason) is distinct from (excluded.status, excluded.reason)
                                  """;

    // What is joined is materialized: else a planner without statistics, which expects one row, would find near misses anew
    // for each row. $3 is named once more where no key uses it, because PostgreSQL must know its type.
    private static final String FACTS = """
                                        with chunk as materialized (
                                          select v.id, ${v} as key from variant v
                                          where v.store_id = $1 and not v.gone and v.id > $4 and ($3::text is null or true)
                                            and not exists (select 1 from link l where l.channel_id = $2 and l.variant_id = v.id)
                                          order by v.id limit $5),
                                        keys as materialized (select distinct key from chunk where key is not null),
                                        carriers as materialized (
                                          select k.key, count(*) as total, (array_agg(v.id order by v.id))[1:5] as ids,
                                                 (array_agg(v.title order by v.id))[1:5] as names
                                          from keys k join variant v on v.store_id = $1 and not v.gone and ${v} = k.key
                                          group by k.key having count(*) > 1),
                                        counterparts as materialized (
                                          select k.key, count(*) as total, (array_agg(i.id order by i.id))[1:4] as ids,
                                                 (array_agg(i.name order by i.id))[1:4] as names,
                                                 (array_agg(coalesce(o.title, l.variant_id) order by i.id))[1:4] as linked
                                          from keys k join item i on i.channel_id = $2 and not i.gone and ${i} = k.key
                                          left join link l on l.channel_id = $2 and l.item_id = i.id
                                          left join variant o on o.store_id = $1 and o.id = l.variant_id
                                          group by k.key),
                                        near as materialized (
                                          select k.key, (array_agg(i.id order by i.id))[1:3] as ids, (array_agg(i.name order by i.id))[1:3] as names,
                                                 (array_agg(${i} order by i.id))[1:3] as keys
                                          from keys k join item i on i.channel_id = $2 and not i.gone and identifier_fold(${i}) = identifier_fold(k.key)
                                          where not exists (select 1 from counterparts c where c.key = k.key)
                                          group by k.key),
                                        refused as materialized (
                                          select b.variant_id, array_agg(b.item_id) as ids from link_block b
                                          where b.channel_id = $2 and b.variant_id in (select id from chunk) group by b.variant_id)
                                        select c.id, c.key, coalesce(a.total, 1) - 1, a.ids, a.names, coalesce(p.total, 0), p.ids, p.names, p.linked,
                                               n.ids, n.names, n.keys, r.ids
                                        from chunk c left join carriers a using (key) left join counterparts p using (key) left join near n using (key)
                                        left join refused r on r.variant_id = c.id
                                        order by c.id
                                        """;

    private static final String DRIFT = """
                                        select l.variant_id, l.item_id, l.drift, v.gone, ${v}, ${i}, l.accepted_variant_key, l.accepted_item_key
                                        from link l
                                        join variant v on v.store_id = $1 and v.id = l.variant_id
                                        join item i on i.channel_id = $2 and i.id = l.item_id
                                        where l.channel_id = $2 and l.variant_id > $4 and ($3::text is null or true)
                                          and (l.drift is not null or v.gone or ${v} is null or ${v} is distinct from ${i})
                                        order by l.variant_id limit $5
                                        """;

    private MatchSql() {}

    /** The facts of the next variants without link; $4: the last variant's id, $5: how many. */
    static String facts(UniqueIdentifier identifier) {
        return fill(FACTS, identifier);
    }

    /** The next links that may be drifted or may agree again; $4: the last variant's id, $5: how many. */
    static String drift(UniqueIdentifier identifier) {
        return fill(DRIFT, identifier);
    }

    /** A variant's key, over alias {@code v} and $3. */
    public static String variantKey(UniqueIdentifier identifier) {
        return switch (identifier.variantSide()) {
            case SKU -> "v.sku_key";
            case BARCODE -> "v.barcode_key";
            case METAFIELD -> "(identifier_key(v.metafields ->> $3) collate \"C\")";
        };
    }

    /** An item's key, over alias {@code i}. */
    public static String itemKey(UniqueIdentifier identifier) {
        return switch (identifier.itemSide()) {
            case SKU -> "i.sku_key";
            case CODE -> "i.code_key";
        };
    }

    private static String fill(String template, UniqueIdentifier identifier) {
        return template.replace("${v}", variantKey(identifier)).replace("${i}", itemKey(identifier));
    }
}
