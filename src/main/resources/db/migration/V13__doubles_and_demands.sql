-- A comparison with the store's orders saw more than one of this sale: the sweep looks for them by identity, whenever they were made.
alter table sale add column doubled boolean not null default false;

-- Since when a demand waits for a person: a customer's data request for its answer, a shop's erasure for the store to be let go.
alter table webhook_demand add column waits_since timestamptz;
create index webhook_demand_waits_idx on webhook_demand (shop_domain) where waits_since is not null;
alter table webhook_demand_step drop constraint webhook_demand_step_outcome_check;
alter table webhook_demand_step add constraint webhook_demand_step_outcome_check
  check (outcome in ('DONE', 'NOTHING_HELD', 'IGNORED', 'FAILED', 'WAITING', 'ANSWERED'));

-- What somebody typed as the reason of a refund may name a person, too.
create or replace function sale_without_person(document jsonb) returns jsonb language sql immutable parallel safe return
  (document - array['customerId', 'note', 'title']) || case when jsonb_typeof(document -> 'lines') = 'array'
    then jsonb_build_object('lines', (
      select coalesce(jsonb_agg(l.line - 'note' order by l.place), '[]')
      from jsonb_array_elements(document -> 'lines') with ordinality as l (line, place)))
    else '{}' end || case when jsonb_typeof(document -> 'refunds') = 'array'
    then jsonb_build_object('refunds', (
      select coalesce(jsonb_agg(r.refund - 'reason' order by r.place), '[]')
      from jsonb_array_elements(document -> 'refunds') with ordinality as r (refund, place)))
    else '{}' end;
update sale set document = sale_without_person(document), imported_document = sale_without_person(imported_document)
where redacted_at is not null;

-- The journal tells of shipments with their tracking. Erasing that is the one change it allows, in a transaction that says so.
create or replace function journal_is_append_only() returns trigger language plpgsql as $$
begin
  if tg_op = 'UPDATE' and current_setting('tillbridge.erasing', true) = 'on' then
    return new;
  end if;
  raise exception 'the journal is append-only';
end $$;
create index journal_shipment_idx on journal (subject) where kind in ('shipment-noted', 'shipment-not-noted');
