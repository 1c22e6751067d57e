-- Why the store's order is being cancelled. It stands from before the first call until the order is cancelled, whatever
-- becomes of the sale meanwhile: what was begun is finished first.
alter table sale add column cancelling text;
update sale set cancelling = 'Taken back or changed at the till' where cancel_job is not null and not store_cancelled;

-- The rule by which its goods come back: that in force when the till first gave something back. Null before, and where nothing was.
alter table sale add column restock text;

-- Doubles are looked for once after each import (sale_sweep_idx), and again at night among all that were imported lately.
create index sale_imported_idx on sale (store_id, imported_at) where store_order_id is not null;
