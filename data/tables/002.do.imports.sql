-- Each import, so that it can be looked up, and taken back as a whole while its before-images are kept.

-- Imports are few: a reference table when distributed.
create table import_batch (
  id integer generated always as identity primary key,
  at timestamptz not null default now(),
  -- How it came in, and the account of the machine or '' where there is none.
  via text not null check (via in ('command', 'web')),
  who text not null,
  collection text not null,
  source text not null,
  file text not null,
  format text not null,
  streets text[] not null default '{}',
  -- read, inserted, updated, unchanged, skipped, rejected
  counts jsonb not null default '{}',
  -- What was said by hand: columns, coordinate system, encoding, …
  choices jsonb not null,
  -- Of the file's column names: the next file with the same ones is offered the same choices.
  signature text not null,
  undone_at timestamptz,
  forgotten boolean not null default false,
  -- When the before-images are dropped: they hold what people wrote, and are not kept for ever.
  undo_until timestamptz not null
);
create index import_batch_signature on import_batch (signature, id);

-- Which import inserted a row; null for what was made here.
alter table area add column import_batch integer;
alter table building add column import_batch integer;
alter table incident add column import_batch integer;
alter table facility add column import_batch integer;

-- A row as it was before an import changed it.
create table import_before (
  street_code text not null,
  batch integer not null,
  collection text not null check (collection in ('area', 'building', 'incident', 'facility')),
  key text not null,
  -- Where the row lay: who may see the row may see its image.
  area_code text not null,
  before jsonb not null,
  -- Of the row once the import had changed it: another one now means that somebody else has changed it since.
  version integer not null,
  -- Steps that a case had before.
  steps integer,
  primary key (street_code, batch, collection, key)
);

alter table import_before enable row level security;
create policy scope_import_before on import_before for select using (in_scope(area_code));
