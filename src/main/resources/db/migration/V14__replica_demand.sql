-- Whether a replica has use for more than the least; one of an earlier version is taken to have.
alter table replica_share add column wants boolean not null default true;

-- Since when a whole read is wanted because changes can no longer be followed one by one; one that began before does not fulfil it.
alter table stream_state add column full_read_wanted_at timestamptz;
update stream_state set full_read_wanted_at = now() where full_read_at = to_timestamp(0);
