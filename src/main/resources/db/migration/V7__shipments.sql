-- What the till's note of a sale is to say of its shipments, and what was written of that. A sale whose order tells of none
-- has no row.
create table sale_note (
  sale_id uuid primary key references sale on delete cascade,
  -- The store's order that "wanted" tells of; null where the sale has none any more.
  store_order_id text collate "C",
  -- The store's time of the reading that "wanted" rests on: an older one changes nothing.
  read_of timestamptz,
  -- The order is to be read by its id.
  look boolean not null default false,
  look_at timestamptz not null default clock_timestamp(),
  look_attempts integer not null default 0,
  -- Lines of Tillbridge's, one below the other; empty where there are none to write.
  wanted text not null default '',
  -- What "wanted" was when the note was last made to say it; null while the outcome of a write is unknown.
  told text default '',
  -- A write got no answer and another one followed: the first may still be done.
  unsure boolean not null default false,
  -- Each line of Tillbridge's that may stand in the note: those confirmed, and those sent since.
  known text[] not null default '{}',
  -- When the note is to be seen to (again); null where nothing is left to do, or a person was told.
  act_at timestamptz,
  attempts integer not null default 0
) with (fillfactor = 80);
create index sale_note_act_idx on sale_note (act_at) where act_at is not null;
create index sale_note_look_idx on sale_note (sale_id) where look;

-- What is wrong with the till's note of the sale's shipments, beside whatever else is wrong with the sale.
alter table sale add column shipment_problem text;
-- Its order was found later than the overlap in which changed orders are read.
alter table sale add column found_late boolean not null generated always as
  (coalesce(imported_at - asked_at > interval '1 minute', false)) stored;
-- Whether its order was asked for as handed over already: its first fulfilment is then Tillbridge's own. All were, so far.
alter table sale add column handed_over boolean not null default true;

-- Orders are told of by the store's id, and those that took another's place are looked for.
create index sale_store_order_idx on sale (store_id, store_order_id) where store_order_id is not null;
create index sale_former_idx on sale (channel_id) where former_store_orders <> '{}' or found_late;
