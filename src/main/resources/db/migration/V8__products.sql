-- How the store presents a variant; null until it was read anew, which the next turn does.
alter table variant add column product_title text;
alter table variant add column product_type text;
alter table variant add column position integer;
alter table variant add column options jsonb;
create index variant_product_idx on variant (store_id, product_id);
update stream_state set full_read_at = to_timestamp(0) where stream = 'storefront' and full_read_at is not null;

-- The till's group of variants that an item is one of: the till names such items itself.
alter table item add column group_id text collate "C";

alter table link drop constraint link_origin_check;
alter table link add constraint link_origin_check check (origin in ('MATCHED', 'MANUAL', 'IMPORTED', 'CREATED'));

-- A product of the store on its way to a till, or there.
create table product_publication (
  channel_id uuid not null references channel on delete cascade,
  product_id text collate "C" not null,
  title text not null,
  -- OPEN: something is still to be made; DONE; HELD: a person must look; FAILED: tried again at retry_at.
  status text not null check (status in ('OPEN', 'DONE', 'HELD', 'FAILED')),
  code text,
  reason text,
  -- What has no item, or no place in the group, and why: [{"variantId", "code", "reason"}].
  left_out jsonb not null default '[]',
  -- The group's name as it was written last; null where there is no group.
  group_name text,
  category text,
  -- Sent at least once: what of it arrived must be looked up before it is sent again.
  options_sent boolean not null default false,
  category_sent boolean not null default false,
  failures integer not null default 0,
  retry_at timestamptz,
  updated_at timestamptz not null default clock_timestamp(),
  primary key (channel_id, product_id)
) with (fillfactor = 80);
create index product_publication_status_idx on product_publication (channel_id, status, product_id);

-- What was made on a till, or may have been: the row stands before the call. Without a till_id the outcome is unknown.
create table till_creation (
  id uuid primary key,
  channel_id uuid not null references channel on delete cascade,
  -- '' for categories, which belong to no product.
  product_id text collate "C" not null,
  kind text not null check (kind in ('CATEGORY', 'GROUP', 'ATTRIBUTE', 'OPTION', 'ITEM')),
  -- The till's id of what it belongs to, '' for none.
  parent text collate "C" not null,
  -- The variant's id, or the part's name.
  subject text collate "C" not null,
  name text not null,
  sku text,
  code text,
  price bigint,
  option_ids text[] collate "C" not null default '{}',
  -- What looked the same at the till before it was sent, and so is not what it made.
  before text[] collate "C" not null default '{}',
  till_id text collate "C",
  options_joined boolean not null default false,
  category_joined boolean not null default false,
  sent_at timestamptz not null default clock_timestamp(),
  constraint till_creation_subject_key unique (channel_id, product_id, kind, parent, subject)
) with (fillfactor = 80);
create index till_creation_till_idx on till_creation (channel_id, till_id);
-- Of two things that could be taken for each other the second waits until the first one's outcome is known.
create unique index till_creation_unknown_key on till_creation (channel_id, kind, parent, name) where till_id is null;

-- What the store said of a linked variant when its item was last brought in step, or first seen: only what the store changes
-- reaches an item that was there before; an item made here is also kept as it was written.
create table followed_item (
  channel_id uuid not null references channel on delete cascade,
  item_id text collate "C" not null,
  variant_id text collate "C" not null,
  made boolean not null,
  title text,
  sku text,
  barcode text,
  metafield text,
  shown boolean,
  -- What the channel matched by then.
  identifier text,
  failures integer not null default 0,
  retry_at timestamptz,
  primary key (channel_id, item_id)
) with (fillfactor = 80);
