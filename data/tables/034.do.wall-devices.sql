-- Screens that show the wall without a person: each has a token of its own, of the role `wall`, for one area. A few rows,
-- on the coordinator alone when distributed.
create table wall_device (
  id uuid primary key default gen_random_uuid(),
  -- SHA-256 of the token; null until the screen has fetched it.
  token bytea unique,
  name text not null,
  area text not null check (area = 'all' or area ~ '^\d{2,17}$'),
  paired_by text not null,
  paired_at timestamptz not null,
  -- Written down at most once in some minutes.
  used_at timestamptz,
  -- Of the screen when it asked to be paired.
  address text,
  agent text
);

-- Screens that wait to be paired (in the manner of RFC 8628).
create table wall_pairing (
  -- SHA-256 of what the screen asks with.
  secret bytea primary key,
  -- What the screen shows and a person types. It opens nothing without that person's confirmation.
  code text not null unique,
  address text,
  agent text,
  created_at timestamptz not null,
  expires_at timestamptz not null,
  -- What a person has decided.
  device uuid references wall_device on delete cascade,
  refused boolean not null default false
);
grant select, insert, update, delete on wall_device, wall_pairing to minqing_accounts;

-- Sessions go when they have ended; when an account was last used stays.
alter table account add column signed_in_at timestamptz;
