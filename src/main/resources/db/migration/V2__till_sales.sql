-- A till sale, or money given back without one. Its identity is (shop, merchant, order) and outlives store and channel, so
-- that connecting the same merchant again imports nothing twice. Buyers' contacts are kept nowhere.
create table sale (
  id uuid primary key,
  shop_domain text not null,
  integration text not null,
  merchant_id text not null,
  -- The till's order id; of kind CREDIT the credit's.
  pos_order_id text collate "C" not null,
  kind text not null default 'SALE' check (kind in ('SALE', 'CREDIT')),
  store_id uuid references store on delete set null,
  channel_id uuid references channel on delete set null,
  status text not null check (status in ('SEEN', 'WAITING', 'READY', 'CREATING', 'IMPORTED', 'HELD', 'SKIPPED', 'FAILED')),
  stock text not null default 'NONE' check (stock in ('NONE', 'RESERVED', 'SENT', 'POSTED', 'RETURNED')),
  -- Why it is held, skipped, waiting or failed: a stable word, and what to do about it.
  reason_code text,
  reason text,
  -- What is wrong with an order that stands in the store all the same, or with its stock.
  problem_code text,
  problem text,
  stock_problem text,
  -- A person said what becomes of it: the rules no longer judge it.
  dismissed boolean not null default false,
  -- The sale as it was last read; null until then.
  document jsonb,
  content_hash text,
  currency text,
  -- Minor units.
  total bigint,
  -- Whether it was ever found paid.
  paid boolean not null default false,
  pos_created_at timestamptz not null,
  pos_modified_at timestamptz,
  seen_at timestamptz not null default clock_timestamp(),
  read_at timestamptz,
  -- By the database's clock: when its content was last found to be another.
  changed_at timestamptz not null default clock_timestamp(),
  -- When it is to be read from the till (again), how often it was looked at in vain, and how often reading it failed.
  look_at timestamptz,
  looks integer not null default 0,
  -- When it is to be worked on (again): imported, looked up, corrected.
  act_at timestamptz,
  attempts integer not null default 0,
  -- Fixed when its units are first held back.
  posting_location_id text collate "C",
  posts_stock boolean not null default true,
  -- Grows when an unpaid order is cancelled and made anew; part of the identity in the store.
  revision integer not null default 0,
  -- The intent to create: stored before it is sent; and when the first one was.
  creating_at timestamptz,
  asked_at timestamptz,
  -- Our own sum of the order, with the store's to be compared.
  expected_total numeric(20, 4),
  empty_lookups integer not null default 0,
  store_order_id text,
  store_order_name text,
  store_total numeric(20, 4),
  store_paid boolean,
  store_cancelled boolean not null default false,
  -- The shop's job that cancels it.
  cancel_job text,
  former_store_orders text[] not null default '{}',
  -- What was imported, and which of the till's lines each line of the order stands for.
  imported_document jsonb,
  imported_lines jsonb,
  imported_at timestamptz,
  -- When doubles of it were last looked for.
  swept_at timestamptz,
  version integer not null default 0,
  constraint sale_identity_key unique (shop_domain, integration, merchant_id, pos_order_id, kind)
) with (fillfactor = 80);
create index sale_channel_idx on sale (channel_id, pos_created_at desc, id desc);
create index sale_status_idx on sale (channel_id, status);
create index sale_look_idx on sale (channel_id, look_at) where look_at is not null;
create index sale_act_idx on sale (channel_id, act_at) where act_at is not null;
create index sale_sweep_idx on sale (store_id, imported_at) where swept_at is null and store_order_id is not null;

-- What lists have told of already, so that the overlap of two polls reads nothing twice.
create table sale_mention (
  channel_id uuid not null references channel on delete cascade,
  kind text not null check (kind in ('ORDER', 'PAYMENT', 'REFUND', 'CREDIT')),
  id text collate "C" not null,
  stamp text not null,
  at timestamptz not null default clock_timestamp(),
  primary key (channel_id, kind, id)
);

-- Units of a sale by item. "wanted": how many are to be off the store's stock, returns taken off; "taken": how many its
-- adjustments stand for so far; "reserved": of a sale not paid yet, held back until "reserved_until".
create table sale_unit (
  sale_id uuid not null references sale on delete cascade,
  channel_id uuid references channel on delete set null,
  item_id text collate "C" not null,
  name text not null,
  sold numeric(18, 3) not null,
  returned numeric(18, 3) not null default 0,
  wanted numeric(18, 3) not null default 0,
  taken numeric(18, 3) not null default 0,
  reserved numeric(18, 3) not null default 0,
  reserved_until timestamptz,
  -- The store refused it together with others: it is posted by itself; refused by itself, not before "post_at".
  alone boolean not null default false,
  post_at timestamptz,
  -- Imported as a line of no variant: it never touches stock, whatever is linked later.
  custom boolean not null default false,
  -- For explaining what the till shows: since when (database's clock) these units may have left it; still may, while unpaid.
  moved_at timestamptz not null default clock_timestamp(),
  returned_at timestamptz,
  unpaid boolean not null default false,
  -- When the till says they were paid for; null while unpaid.
  paid_at timestamptz,
  primary key (sale_id, item_id)
) with (fillfactor = 80);
create index sale_unit_open_idx on sale_unit (channel_id, item_id) where (wanted <> taken or reserved <> 0) and not custom;
create index sale_unit_moved_idx on sale_unit (channel_id, item_id, moved_at);
create index sale_unit_unpaid_idx on sale_unit (channel_id, item_id) where unpaid;
create index sale_unit_returned_idx on sale_unit (channel_id, item_id, returned_at) where returned_at is not null;

-- Shopify counts whole units: what is left of measured goods at a location until another fraction completes it, in [0, 1).
create table unit_fraction (
  store_id uuid not null references store on delete cascade,
  inventory_item_id text collate "C" not null,
  location_id text collate "C" not null,
  remainder numeric(18, 3) not null check (remainder >= 0 and remainder < 1),
  primary key (store_id, inventory_item_id, location_id)
);

-- An adjustment that posts a sale's units: which of its parts, and when it is sent again.
alter table stock_adjustment add column sale_id uuid references sale on delete set null;
alter table stock_adjustment add column part integer not null default 0;
alter table stock_adjustment add column failures integer not null default 0;
alter table stock_adjustment add column retry_at timestamptz;
create index stock_adjustment_sale_idx on stock_adjustment (sale_id, part);

-- The units of adjustments whose outcome is not known yet; negative where units go back.
create table open_posting (
  adjustment_id uuid not null references stock_adjustment on delete cascade,
  store_id uuid not null references store on delete cascade,
  inventory_item_id text collate "C" not null,
  location_id text collate "C" not null,
  units bigint not null,
  primary key (adjustment_id, inventory_item_id, location_id)
);
create index open_posting_store_idx on open_posting (store_id);

-- Money given back, as it goes to the store's order.
create table sale_refund (
  id uuid primary key,
  sale_id uuid not null references sale on delete cascade,
  -- The refund's or credit's id at the till; 'void' where the whole sale was taken back.
  pos_refund_id text collate "C" not null,
  status text not null check (status in ('READY', 'SENT', 'DONE', 'HELD', 'SKIPPED')),
  reason_code text,
  reason text,
  amount bigint not null,
  attempt integer not null default 0,
  -- Sent verbatim until its outcome is known.
  draft jsonb,
  first_sent_at timestamptz,
  act_at timestamptz,
  attempts integer not null default 0,
  store_refund_id text,
  done_at timestamptz,
  constraint sale_refund_key unique (sale_id, pos_refund_id)
);
create index sale_refund_open_idx on sale_refund (sale_id) where status in ('READY', 'SENT');

-- Null: not known yet whether sales lower the till's stock by themselves. What the till's readings showed, not what it says.
alter table channel add column sales_lower_stock boolean;
-- When the reading that "settled" rests on was asked for; kept while a later one is in doubt.
alter table till_stock add column settled_as_of timestamptz;

-- The locations whose stock a channel may sell.
create view selling_location as
select c.id as channel_id, c.store_id, o.id as location_id
from channel c join location o on o.store_id = c.store_id
where case when jsonb_array_length(coalesce(c.settings #> '{inventorySync,sellingLocationIds}', '[]')) = 0
  then o.active else (c.settings #> '{inventorySync,sellingLocationIds}') ? o.id end;

-- Units of till sales that the store's stock does not show yet, at their posting location: not asked for so far, asked for
-- with unknown outcome, and fractions.
create view unposted as
select s.store_id, v.inventory_item_id, s.posting_location_id as location_id,
  u.wanted - u.taken + case when u.reserved_until > clock_timestamp() then u.reserved else 0 end as units
from sale_unit u
join sale s on s.id = u.sale_id and s.posts_stock
join link l on l.channel_id = u.channel_id and l.item_id = u.item_id
join variant v on v.store_id = l.store_id and v.id = l.variant_id and v.tracked
where (u.wanted <> u.taken or u.reserved <> 0) and not u.custom
union all
select store_id, inventory_item_id, location_id, units from open_posting
union all
select store_id, inventory_item_id, location_id, remainder from unit_fraction where remainder > 0;

-- What a linked item's till should show, by the settings as they stand; the rule is TargetQuantity's. A person's fractions of
-- measured goods make it a decimal. Of the sales of all tills those count that are posted where this one sells from.
drop view link_target;
create view link_target as
select l.channel_id, l.store_id, l.variant_id, l.item_id, v.inventory_item_id, v.tracked, v.gone,
  s.available as store_available, r.safety_stock, coalesce(u.units, 0) as unposted,
  case
    when v.gone then 0
    when not v.tracked then r.default_inventory
    -- No level at all: it was not read yet, which is not the same as sold out.
    when s.known = 0 then null
    else greatest(0, coalesce(s.available, 0) - r.safety_stock - coalesce(u.units, 0))
  end::numeric(18, 3) as target
from link l
join lateral (
  select
    coalesce((c.settings #>> '{inventorySync,safetyStock}')::bigint, 0) as safety_stock,
    (c.settings #>> '{productSync,defaultInventory}')::bigint as default_inventory,
    case when jsonb_array_length(coalesce(c.settings #> '{inventorySync,sellingLocationIds}', '[]')) = 0
      then array(select o.id from location o where o.store_id = c.store_id and o.active)
      else array(select jsonb_array_elements_text(c.settings #> '{inventorySync,sellingLocationIds}')) end as location_ids
  from channel c where c.id = l.channel_id
) r on true
join variant v on v.store_id = l.store_id and v.id = l.variant_id
left join lateral (
  select count(*) as known, (sum(e.available) filter (where e.location_id = any (r.location_ids)))::bigint as available
  from level e where e.store_id = l.store_id and e.inventory_item_id = v.inventory_item_id
) s on true
-- Few rows, joined as a whole: asked for each link they would be three look-ups each.
left join (
  select p.channel_id, n.inventory_item_id, sum(n.units) as units
  from unposted n join selling_location p on p.store_id = n.store_id and p.location_id = n.location_id
  group by p.channel_id, n.inventory_item_id
) u on u.channel_id = l.channel_id and u.inventory_item_id = v.inventory_item_id;
