-- How a position is known: measured, or found by an address, as exactly as the address says
-- (data/domain/position-source.ts), and from 0 to 1 how sure that is; null for what was measured. The source of a row
-- without a position says nothing.
alter table incident
  add column position_source text not null default 'measured',
  add column position_certainty double precision check (position_certainty between 0 and 1);
alter table facility
  add column position_source text not null default 'measured',
  add column position_certainty double precision check (position_certainty between 0 and 1);
alter table building
  add column position_source text not null default 'measured',
  add column position_certainty double precision check (position_certainty between 0 and 1);

-- What a person decided that an address means, for later files of the same street: `address` in the form in which
-- addresses are compared, without unit and room; `target` as in data/addresses/gazetteer.ts, '' for no place at all. It
-- is read by imports alone.
create table address_answer (
  street_code text not null,
  address text not null,
  target text not null,
  -- Before that import, null where there was none: undoing the import brings it back.
  former text,
  import_batch integer not null,
  decided_at timestamptz not null default now(),
  primary key (street_code, address)
);
