-- What is divided among replicas: the part of each, as far as it may still be using it. All parts together are never more than 1.
create table replica_share (
  budget text not null,
  replica uuid not null,
  share double precision not null check (share between 0 and 1),
  held_until timestamptz not null,
  primary key (budget, replica)
);
