-- What a sale took off the store's stock goes back to the variant it was taken from, whatever its item is linked to since. The
-- location stands on the sale.
alter table sale_unit add column inventory_item_id text collate "C";
update sale_unit u set inventory_item_id = v.inventory_item_id
from link l join variant v on v.store_id = l.store_id and v.id = l.variant_id
where l.channel_id = u.channel_id and l.item_id = u.item_id and u.taken <> 0;

-- No line of the sale is of this item any more.
alter table sale_unit add column gone boolean not null default false;
update sale_unit u set gone = true, unpaid = false
from sale s
where s.id = u.sale_id and s.document is not null and u.returned = u.sold and not exists (
  select from jsonb_array_elements(s.document -> 'lines') n
  where n ->> 'itemId' = u.item_id and not coalesce((n ->> 'fee')::boolean, false) and not coalesce((n ->> 'exchanged')::boolean, false));

-- Which of the sale's items an open adjustment stands for.
alter table open_posting add column item_id text collate "C";
update open_posting p set item_id = l.item_id
from stock_adjustment a
join sale_unit u on u.sale_id = a.sale_id
join link l on l.channel_id = u.channel_id and l.item_id = u.item_id
join variant v on v.store_id = l.store_id and v.id = l.variant_id
where a.id = p.adjustment_id and v.inventory_item_id = p.inventory_item_id;

-- Units that adjustments are to be made for, and the variant's item they belong to: that from which they were taken, before
-- any are the one that is linked.
create view open_unit as
select u.sale_id, u.item_id, s.store_id, v.inventory_item_id, s.posting_location_id as location_id, u.wanted - u.taken as units,
  u.reserved, u.reserved_until, u.alone, u.post_at
from sale_unit u
join sale s on s.id = u.sale_id and s.posts_stock
left join link l on l.channel_id = u.channel_id and l.item_id = u.item_id
left join variant n on n.store_id = l.store_id and n.id = l.variant_id
join variant v on v.store_id = s.store_id and v.tracked
  and v.inventory_item_id = coalesce(case when u.taken <> 0 then u.inventory_item_id end, n.inventory_item_id)
where (u.wanted <> u.taken or u.reserved <> 0) and not u.custom and u.channel_id is not null;

create or replace view unposted as
select store_id, inventory_item_id, location_id, units + case when reserved_until > clock_timestamp() then reserved else 0 end as units
from open_unit
union all
select store_id, inventory_item_id, location_id, units from open_posting
union all
select store_id, inventory_item_id, location_id, remainder from unit_fraction where remainder > 0;

-- The till told of it, and it was not read since: not yet, or in vain. Cleared when a person is told that it cannot be read.
alter table sale add column unread boolean not null default false;
update sale set unread = true where status = 'SEEN' and read_at is null and look_at is not null;
create index sale_unread_idx on sale (channel_id) where unread;
-- How often in a row it could not be read, and no adjustment be made of it.
alter table sale add column read_failures integer not null default 0;
alter table sale add column post_failures integer not null default 0;
