-- A browser that signed in. Of its cookie there is a hash alone; what its key may do, and whether it still may, is looked up in the key.
create table dashboard_session (
  id uuid primary key default gen_random_uuid(),
  token_hash bytea not null constraint dashboard_session_token_hash_key unique,
  signed_in_by text not null check (signed_in_by in ('API_KEY', 'OIDC')),
  api_key_id uuid references api_key on delete cascade,
  -- Of the bootstrap key, which stands in no table: shows whether it is still the configured one.
  bootstrap_proof bytea,
  -- Of a person whom an OpenID provider knows.
  name text,
  role text check (role in ('viewer', 'operator', 'admin')),
  created_at timestamptz not null default now(),
  used_at timestamptz not null default now(),
  ends_at timestamptz not null,
  constraint dashboard_session_of_somebody check (num_nonnulls(api_key_id, bootstrap_proof, name) = 1)
);
create index dashboard_session_api_key_idx on dashboard_session (api_key_id);
create index dashboard_session_used_idx on dashboard_session (used_at);
