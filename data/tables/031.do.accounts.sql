-- Who may sign in, as what and for which areas. A few rows, on the coordinator alone when distributed; staff and
-- programs, no resident. Nothing of it is granted to a role that requests read as: `minqing_accounts` alone reads and
-- writes it.

create table account (
  id uuid primary key default gen_random_uuid(),
  -- What is typed to sign in: in small letters, compatibility forms folded (NFKC).
  login text not null unique,
  name text not null,
  -- Argon2id in the PHC string format. The former ones, newest first, may not be chosen again.
  password text not null,
  former_passwords text[] not null default '{}',
  password_at timestamptz not null,
  -- The password was made for the person and has to be replaced at the first sign-in.
  must_change boolean not null default false,
  -- Secret of RFC 6238 in base32, the one that is being enrolled, and the last time step that a code was taken of.
  totp text,
  totp_pending text,
  totp_step bigint not null default 0,
  disabled_at timestamptz,
  created_at timestamptz not null
);

-- As what an account may act, and where: everywhere, or in the areas whose codes begin so.
create table account_grant (
  account uuid not null references account on delete cascade,
  role text not null,
  area text not null check (area = 'all' or area ~ '^\d{2,17}$'),
  primary key (account, role, area)
);

create table session (
  -- SHA-256 of the token; the token itself is nowhere but in the browser.
  token bytea primary key,
  -- What its owner names it by; stays when the token is replaced.
  id uuid not null unique default gen_random_uuid(),
  account uuid not null references account on delete cascade,
  role text not null,
  -- Whether a code of the second factor was given.
  second_factor boolean not null,
  created_at timestamptz not null,
  used_at timestamptz not null,
  expires_at timestamptz not null,
  -- Of the client that signed in.
  address text,
  agent text
);
create index session_account on session (account);

-- Wrong passwords and codes by SHA-256 of the name that was typed, whether there is such an account or not: both are
-- treated alike.
create table sign_in_failure (
  name bytea primary key,
  failures integer not null,
  last_at timestamptz not null
);

-- Of programs: QGIS, GDAL, Excel.
create table access_token (
  id uuid primary key default gen_random_uuid(),
  -- SHA-256 of the token.
  token bytea not null unique,
  name text not null,
  role text not null,
  areas text[] not null,
  created_by text not null,
  created_at timestamptz not null,
  expires_at timestamptz not null,
  revoked_at timestamptz
);

do $$
begin
  create role minqing_accounts nologin;
exception when duplicate_object or unique_violation then null;
end $$;
do $$
begin
  execute format('grant minqing_accounts to %I', current_user);
exception when others then
  -- Roles are the cluster's: another database of it has granted it, or the first sign-in says what is missing.
  null;
end $$;
grant select, insert, update, delete on account, account_grant, session, sign_in_failure, access_token
  to minqing_accounts;
grant execute on function append_audit to minqing_accounts;
