-- Whether a replica has use for more than the least; one of an earlier version is taken to have.
alter table replica_share add column wants boolean not null default true;
