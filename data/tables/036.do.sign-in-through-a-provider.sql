-- Signing in through the centre's own sign-on (OpenID Connect). Whom an account is there is stored when its person first
-- comes from there.
alter table account add column provider_issuer text;
alter table account add column provider_subject text;
alter table account add unique (provider_issuer, provider_subject);

-- The provider has said who it is: no password was given.
alter table session add column by_provider boolean not null default false;

-- Those who were sent to the provider and have not come back. Each comes back once, in the browser that went.
create table provider_sign_in (
  -- SHA-256 of a token that the browser holds in a cookie.
  browser bytea primary key,
  state text not null,
  nonce text not null,
  -- RFC 7636
  verifier text not null,
  -- The page to go on with: path and query.
  back text not null,
  expires_at timestamptz not null
);
grant select, insert, delete on provider_sign_in to minqing_accounts;
