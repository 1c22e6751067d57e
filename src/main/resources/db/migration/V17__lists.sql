-- What people search for, in one text of lower case: the list of links looks for a part of any of them among tens of thousands
-- of rows, and comparing three columns without regard to case costs it more time than it has.
alter table variant add column search text generated always as
  (lower(coalesce(sku, '') || E'\n' || coalesce(barcode, '') || E'\n' || title)) stored;
alter table item add column search text generated always as
  (lower(coalesce(sku, '') || E'\n' || coalesce(code, '') || E'\n' || name)) stored;

-- What was asked of a vendor for one account, minute by minute, by the replicas together: against the limit that the vendor sets.
-- "side" is the connector's key, "account" the merchant's id or the shop's domain. Kept for some hours.
create table vendor_usage (
  side text not null,
  account text not null,
  minute timestamptz not null,
  requests integer not null,
  throttled integer not null,
  -- In the unit that the vendor limits: requests, or points of cost.
  used numeric(12, 2) not null,
  -- As much of it as the vendor gives back in a minute; null where it has not said.
  per_minute numeric(12, 2),
  primary key (side, account, minute)
) with (fillfactor = 80);
create index vendor_usage_minute_idx on vendor_usage (minute);
