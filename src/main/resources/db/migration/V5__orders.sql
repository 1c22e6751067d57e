-- Why the store's order is being cancelled. It stands from before the first call until the order is cancelled, whatever
-- becomes of the sale meanwhile: what was begun is finished first.
alter table sale add column cancelling text;
update sale set cancelling = 'Taken back or changed at the till' where cancel_job is not null and not store_cancelled;

-- The rule by which its goods come back: that in force when the till first gave something back. Null before, and where nothing was.
alter table sale add column restock text;

-- Whether tips are part of its order: as the setting was when it was asked for.
alter table sale add column tips_included boolean;
-- What a person has seen and left: the sale's content when its problem was dismissed.
alter table sale add column acknowledged_hash text;
-- Since when the till does not show it any more; once is no proof.
alter table sale add column missing_since timestamptz;

-- What is under way outlives the connection, as the sale does: keys and parts go on where they were when it is connected again.
alter table stock_adjustment alter column store_id drop not null, drop constraint stock_adjustment_store_id_fkey,
  add constraint stock_adjustment_store_id_fkey foreign key (store_id) references store on delete set null;
alter table open_posting alter column store_id drop not null, drop constraint open_posting_store_id_fkey,
  add constraint open_posting_store_id_fkey foreign key (store_id) references store on delete set null;

-- Doubles are looked for once after each import (sale_sweep_idx), and again at night among all that were imported lately.
create index sale_imported_idx on sale (store_id, imported_at) where store_order_id is not null;
