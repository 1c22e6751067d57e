-- Replicas that have readers of events (GET /api/v1/events). While none is in time, the triggers below look into an empty table and
-- tell nothing. After a crash of the server it is empty, and its replicas enter themselves anew: it needs no log.
create unlogged table event_listener (
  replica uuid primary key,
  heard_until timestamptz not null
);

-- Tells of what a statement changed when its transaction commits: "<kind> <store> <channel or -> <id>", of more than 50 rows
-- "<kind> <store> <channel or ->" once for each channel. What equals an earlier one of its transaction PostgreSQL drops.
create function tell_events(kind text, stores uuid[], channels uuid[], ids text[]) returns void language sql as $$
  select pg_notify('tillbridge_event', concat_ws(' ', kind, t.store, coalesce(t.channel::text, '-'), t.id))
  from (
    select u.store, u.channel, u.id from unnest(stores, channels, ids) u (store, channel, id) where cardinality(ids) <= 50
    union
    select u.store, u.channel, null from unnest(stores, channels) u (store, channel) where cardinality(ids) > 50) t
  where t.store is not null
$$;

create function tell_of_stores() returns trigger language plpgsql as $$
begin
  if exists (select from event_listener where heard_until > clock_timestamp()) then
    perform tell_events('store', array_agg(id), array_agg(null::uuid), array_agg(id::text)) from told;
  end if;
  return null;
end $$;

create function tell_of_channels() returns trigger language plpgsql as $$
begin
  if exists (select from event_listener where heard_until > clock_timestamp()) then
    perform tell_events('channel', array_agg(store_id), array_agg(id), array_agg(id::text)) from told;
  end if;
  return null;
end $$;

create function tell_of_links() returns trigger language plpgsql as $$
begin
  if exists (select from event_listener where heard_until > clock_timestamp()) then
    perform tell_events('link', array_agg(store_id), array_agg(channel_id), array_agg(variant_id)) from told;
  end if;
  return null;
end $$;

create function tell_of_recounts() returns trigger language plpgsql as $$
begin
  if exists (select from event_listener where heard_until > clock_timestamp()) then
    perform tell_events('recount', array_agg(store_id), array_agg(channel_id), array_agg(item_id)) from told;
  end if;
  return null;
end $$;

-- Runs of the store itself have no channel.
create function tell_of_runs() returns trigger language plpgsql as $$
begin
  if exists (select from event_listener where heard_until > clock_timestamp()) then
    perform tell_events('run', array_agg(store_id), array_agg(channel_id), array_agg(id::text)) from told;
  end if;
  return null;
end $$;

-- A reconciliation is shown with its store.
create function tell_of_reconciliations() returns trigger language plpgsql as $$
begin
  if exists (select from event_listener where heard_until > clock_timestamp()) then
    perform tell_events('store', array_agg(store_id), array_agg(null::uuid), array_agg(store_id::text)) from told;
  end if;
  return null;
end $$;

create function tell_of_new_sales() returns trigger language plpgsql as $$
begin
  if exists (select from event_listener where heard_until > clock_timestamp()) then
    perform tell_events('order', array_agg(store_id), array_agg(channel_id), array_agg(pos_order_id)) from told
      where channel_id is not null;
  end if;
  return null;
end $$;

-- Most changes of a sale's row are the engine's own: when it is looked at again, how often it was tried.
create function tell_of_sales() returns trigger language plpgsql as $$
begin
  if exists (select from event_listener where heard_until > clock_timestamp()) then
    perform tell_events('order', array_agg(n.store_id), array_agg(n.channel_id), array_agg(n.pos_order_id))
      from told n join former f using (id)
      where n.channel_id is not null and (n.channel_id, n.status, n.stock, n.reason_code, n.reason, n.problem_code, n.problem,
          n.stock_problem, n.shipment_problem, n.dismissed, n.content_hash, n.store_order_id, n.store_cancelled, n.store_paid)
        is distinct from (f.channel_id, f.status, f.stock, f.reason_code, f.reason, f.problem_code, f.problem,
          f.stock_problem, f.shipment_problem, f.dismissed, f.content_hash, f.store_order_id, f.store_cancelled, f.store_paid);
  end if;
  return null;
end $$;

create trigger store_made after insert on store referencing new table as told for each statement execute function tell_of_stores();
create trigger store_changed after update on store referencing new table as told for each statement execute function tell_of_stores();
create trigger store_gone after delete on store referencing old table as told for each statement execute function tell_of_stores();
create trigger channel_made after insert on channel referencing new table as told for each statement execute function tell_of_channels();
create trigger channel_changed after update on channel referencing new table as told for each statement execute function tell_of_channels();
create trigger channel_gone after delete on channel referencing old table as told for each statement execute function tell_of_channels();
create trigger link_made after insert on link referencing new table as told for each statement execute function tell_of_links();
create trigger link_changed after update on link referencing new table as told for each statement execute function tell_of_links();
create trigger link_gone after delete on link referencing old table as told for each statement execute function tell_of_links();
create trigger recount_made after insert on recount referencing new table as told for each statement execute function tell_of_recounts();
create trigger recount_changed after update on recount referencing new table as told for each statement execute function tell_of_recounts();
create trigger run_made after insert on run referencing new table as told for each statement execute function tell_of_runs();
create trigger run_changed after update on run referencing new table as told for each statement execute function tell_of_runs();
create trigger reconciliation_made after insert on reconciliation referencing new table as told
  for each statement execute function tell_of_reconciliations();
create trigger reconciliation_changed after update on reconciliation referencing new table as told
  for each statement execute function tell_of_reconciliations();
create trigger sale_made after insert on sale referencing new table as told for each statement execute function tell_of_new_sales();
create trigger sale_changed after update on sale referencing old table as former new table as told
  for each statement execute function tell_of_sales();
