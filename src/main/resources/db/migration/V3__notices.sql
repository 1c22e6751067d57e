-- What people must act on: told by mail, one digest per channel at a time. A row is one matter, however often it is raised.
create table notice (
  id uuid primary key default gen_random_uuid(),
  store_id uuid not null references store on delete cascade,
  channel_id uuid not null references channel on delete cascade,
  -- A value of NoticeKind; without a check, because replicas of two versions run side by side while one replaces the other.
  kind text collate "C" not null,
  -- "order:<id>", "stock:<item>", "link:<variant>", …
  subject text collate "C" not null,
  title text not null,
  detail text not null,
  -- Where it can be looked at, below the public URL; null where there is no such place.
  path text,
  -- Since when it has been open.
  raised_at timestamptz not null default clock_timestamp(),
  last_raised_at timestamptz not null default clock_timestamp(),
  times integer not null default 1,
  -- When a digest last told of it. Kept when it is resolved: what comes back the same within the repeat delay is not told again.
  mailed_at timestamptz,
  resolved_at timestamptz,
  constraint notice_subject_key unique (channel_id, kind, subject)
) with (fillfactor = 80);
create index notice_open_idx on notice (channel_id, raised_at) where resolved_at is null;
create index notice_resolved_idx on notice (channel_id, resolved_at) where resolved_at is not null;

-- How far each channel's mail has come. The row is what a replica claims.
create table mail_digest (
  channel_id uuid primary key references channel on delete cascade,
  claimed_until timestamptz,
  -- When the mail server took the last digest, and how many it took on that day (UTC).
  sent_at timestamptz,
  day date,
  mails integer not null default 0,
  -- Products that had no link by then were told of.
  unlinked_until timestamptz,
  -- Failures in a row.
  attempts integer not null default 0,
  retry_at timestamptz,
  last_error text
);

-- Since when a variant has been without link: products need no notice of their own, the row itself tells what is new and
-- goes when the variant is linked. Another reason does not make it new.
alter table unlinked add column since timestamptz not null default clock_timestamp();
create index unlinked_since_idx on unlinked (channel_id, since);
