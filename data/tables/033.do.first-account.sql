-- Whether anybody has ever had an account, which removing all accounts does not undo: until then the demo is open on the
-- server's machine. One row, on the coordinator alone when distributed.
create table first_account (
  id integer primary key default 1 check (id = 1),
  made_at timestamptz
);
insert into first_account (made_at) select min(created_at) from account;

-- Links with which the first account is made; all go with it.
create table first_account_link (
  -- SHA-256 of the token in the link.
  token bytea primary key,
  expires_at timestamptz not null
);

grant select, update on first_account to minqing_accounts;
grant select, insert, delete on first_account_link to minqing_accounts;
