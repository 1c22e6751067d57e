-- A comparison with the store's orders saw more than one of this sale: the sweep looks for them by identity, whenever they were made.
alter table sale add column doubled boolean not null default false;
