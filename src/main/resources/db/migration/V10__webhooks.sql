-- What verified webhooks say changed: one open row per resource, however many of them tell of it. Payloads are hints, so none
-- is kept: the resource is read by its id, and the row goes once what was read is stored.
create table webhook_inbox (
  store_id uuid not null references store on delete cascade,
  -- Null: the store's.
  channel_id uuid references channel on delete cascade,
  owner_id uuid not null generated always as (coalesce(channel_id, store_id)) stored,
  -- A value of WebhookHint.Kind; without a check, because replicas of two versions run side by side.
  kind text collate "C" not null,
  resource_id text collate "C" not null,
  first_at timestamptz not null default clock_timestamp(),
  last_at timestamptz not null default clock_timestamp(),
  -- Grows with each delivery: a row goes only where nothing told of it while it was worked off.
  version bigint not null default 1,
  attempts integer not null default 0,
  retry_at timestamptz,
  last_error text,
  primary key (owner_id, kind, resource_id)
) with (fillfactor = 70);
create index webhook_inbox_store_idx on webhook_inbox (store_id, first_at);

-- Deliveries taken already, by event, topic and resource: an event may be told of under several topics. Forgotten after a while.
create table webhook_event (
  store_id uuid not null,
  event text collate "C" not null,
  received_at timestamptz not null default clock_timestamp(),
  primary key (store_id, event)
);
create index webhook_event_received_idx on webhook_event (received_at);

-- How a store's webhooks do: its subscriptions as they were last seen, and what tells that webhooks have stopped.
create table webhook_status (
  store_id uuid primary key references store on delete cascade,
  subscriptions text not null default 'UNKNOWN' check (subscriptions in ('UNKNOWN', 'ACTIVE', 'INCOMPLETE', 'FAILED')),
  problem text,
  checked_at timestamptz,
  -- Since when there have been subscriptions.
  active_since timestamptz,
  last_at timestamptz,
  -- Seconds between two deliveries, pauses of a minute or more only: the moving average. Null until there was one.
  usual_gap double precision,
  -- When polling first found a change after the last delivery.
  unannounced_since timestamptz,
  silent_since timestamptz
) with (fillfactor = 70);

-- What a till's vendor sent to verify the webhook address: a person enters it in the vendor's dashboard.
create table webhook_verification (
  integration text not null,
  code text not null,
  received_at timestamptz not null default clock_timestamp(),
  primary key (integration, code)
);

-- A store that was deleted: its client secret is kept, encrypted, under this id, to verify what the shop's platform still demands.
create table former_store (
  id uuid primary key,
  store_id uuid not null,
  shop_domain text not null,
  deleted_at timestamptz not null default clock_timestamp(),
  keep_until timestamptz not null
);
create index former_store_domain_idx on former_store (shop_domain);

-- What a shop's platform demands beyond reading: rows are never changed but for when they are to be acted upon (again), and
-- what was done is told in steps, which are only added. It names ids, never a person.
create table webhook_demand (
  id uuid primary key,
  shop_domain text not null,
  kind text not null check (kind in ('UNINSTALLED', 'DATA_REQUEST', 'CUSTOMER_REDACT', 'SHOP_REDACT')),
  event text collate "C" not null,
  customer_id text,
  order_ids text[] not null,
  triggered_at timestamptz,
  received_at timestamptz not null default clock_timestamp(),
  -- Null: it was acted upon.
  act_at timestamptz default clock_timestamp(),
  attempts integer not null default 0,
  constraint webhook_demand_event_key unique (shop_domain, kind, event)
);
create index webhook_demand_act_idx on webhook_demand (act_at) where act_at is not null;

create table webhook_demand_step (
  id bigint generated always as identity primary key,
  demand_id uuid not null references webhook_demand,
  at timestamptz not null default clock_timestamp(),
  outcome text not null check (outcome in ('DONE', 'NOTHING_HELD', 'IGNORED', 'FAILED')),
  detail text not null
);
create index webhook_demand_step_idx on webhook_demand_step (demand_id, id);

-- Until when the client secret before the present one is accepted; null where there is none.
alter table store add column previous_secret_until timestamptz;

-- What is personal of this sale was erased: it is not kept again, however often the till is read.
alter table sale add column redacted_at timestamptz;
create function sale_without_person(document jsonb) returns jsonb language sql immutable parallel safe return
  (document - array['customerId', 'note', 'title']) || case when jsonb_typeof(document -> 'lines') = 'array'
    then jsonb_build_object('lines', (
      select coalesce(jsonb_agg(l.line - 'note' order by l.place), '[]')
      from jsonb_array_elements(document -> 'lines') with ordinality as l (line, place)))
    else '{}' end;
