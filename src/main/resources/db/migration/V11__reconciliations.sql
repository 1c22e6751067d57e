-- Both sides read whole, compared with what was stored, with each other, and by the day's money.
create table reconciliation (
  id uuid primary key,
  store_id uuid not null references store on delete cascade,
  trigger text not null check (trigger in ('REQUEST', 'NIGHTLY')),
  requested_by text,
  -- PARTIAL: a till could not be compared, and "error" says which and why.
  status text not null check (status in ('REQUESTED', 'RUNNING', 'SUCCEEDED', 'PARTIAL', 'FAILED')),
  phase text,
  error text,
  -- How often its work was begun: a holder that stopped leaves it to the next one.
  attempts integer not null default 0,
  requested_at timestamptz not null default clock_timestamp(),
  started_at timestamptz,
  finished_at timestamptz,
  -- How many rows of each kind were compared.
  compared jsonb not null default '{}'
);
-- One at a time.
create unique index reconciliation_open_key on reconciliation (store_id) where status in ('REQUESTED', 'RUNNING');
create index reconciliation_store_idx on reconciliation (store_id, requested_at desc, id desc);

-- What a whole read found to be other than it was stored, and how far changes had been followed by then: kept until a
-- reconciliation has judged it, whoever asked for the read.
create table read_difference (
  id bigint generated always as identity primary key,
  store_id uuid not null references store on delete cascade,
  -- The store or the channel whose row it is.
  owner_id uuid not null,
  kind text not null check (kind in ('VARIANT', 'LEVEL', 'ITEM', 'SALE')),
  subject text collate "C" not null,
  stored text,
  found text,
  units numeric(18, 3),
  money numeric(20, 4),
  currency text,
  -- The vendor's time of the last change, as stored and as found; null where the vendor tells none.
  stored_changed_at timestamptz,
  changed_at timestamptz,
  followed_to timestamptz not null,
  -- Tillbridge had set what is stored, and the till had confirmed it.
  ours boolean not null default false,
  found_at timestamptz not null default clock_timestamp(),
  -- The reconciliation under way that told of it; it goes when that one has ended, and is told of again where it was stopped.
  judged_by uuid,
  constraint read_difference_key unique (store_id, owner_id, kind, subject)
);

-- The orders that a till listed while its sales are compared, a row for each page; gone when that is done.
create table listed_sale (
  channel_id uuid not null references channel on delete cascade,
  ids text[] collate "C" not null
);
create index listed_sale_idx on listed_sale (channel_id);

-- The store's orders of till sales as one reconciliation reads them; gone when it ends.
create table reconciliation_order (
  reconciliation_id uuid not null references reconciliation on delete cascade,
  store_order_id text collate "C" not null,
  identity text collate "C" not null,
  -- The till's order id that the identity begins with.
  pos_order_id text collate "C" not null,
  -- Bears the mark that only Tillbridge's own orders have.
  ours boolean not null,
  name text not null,
  created_at timestamptz not null,
  cancelled boolean not null,
  currency text,
  total numeric(20, 4),
  refunded numeric(20, 4) not null,
  primary key (reconciliation_id, store_order_id)
);
create index reconciliation_order_identity_idx on reconciliation_order (reconciliation_id, identity);
create index reconciliation_order_sale_idx on reconciliation_order (reconciliation_id, pos_order_id);

create table reconciliation_difference (
  id bigint generated always as identity primary key,
  reconciliation_id uuid not null references reconciliation on delete cascade,
  -- The store or the channel that it concerns.
  owner_id uuid not null,
  class text not null check (class in ('MISSED_CHANGE', 'FOREIGN_WRITE', 'OUR_FAILURE')),
  kind text not null check (kind in ('VARIANT', 'LEVEL', 'ITEM', 'SALE', 'ORDER', 'TILL_STOCK', 'PRICE', 'MONEY')),
  subject text collate "C" not null,
  reason text not null,
  detail text not null,
  stored text,
  found text,
  units numeric(18, 3),
  money numeric(20, 4),
  currency text,
  since timestamptz,
  repair text not null check (repair in ('STORED', 'UNDER_WAY', 'PERSON')),
  constraint reconciliation_difference_key unique (reconciliation_id, owner_id, class, kind, subject)
);

-- All of a reconciliation's differences in figures; of the rows above only the first of each kind are kept once it is over.
create table reconciliation_count (
  reconciliation_id uuid not null references reconciliation on delete cascade,
  owner_id uuid not null,
  class text not null,
  kind text not null,
  reason text not null,
  repair text not null,
  currency text,
  differences bigint not null,
  -- Sizes are added up without their signs.
  units numeric(18, 3) not null,
  money numeric(20, 4) not null,
  oldest_since timestamptz
);
create index reconciliation_count_idx on reconciliation_count (reconciliation_id);

-- Money of a channel's sales by the merchant's business day.
create table reconciliation_day (
  reconciliation_id uuid not null references reconciliation on delete cascade,
  channel_id uuid not null,
  day date not null,
  currency text not null,
  sales integer not null,
  till_total numeric(20, 4) not null,
  till_refunded numeric(20, 4) not null,
  store_total numeric(20, 4) not null,
  store_refunded numeric(20, 4) not null,
  -- What of the difference is being brought over just now, and what is told of as differences of sales.
  in_flight numeric(20, 4) not null,
  told numeric(20, 4) not null,
  primary key (reconciliation_id, channel_id, day, currency)
);

-- Which orders of the store belong to sales of its tills.
create index sale_pos_order_idx on sale (store_id, pos_order_id);
-- The last deviation of the store's order that a person was told of: what they dismissed is not told again.
alter table sale add column told_deviation text;
