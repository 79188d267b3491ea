-- Time limits and calendar of a street, a row for each time that somebody changed them: the last one holds. A street
-- without a row has the defaults. What they hold says `clock-settings.ts`.
create table clock_settings (
  street_code text not null check (street_code ~ '^\d{9}$'),
  version integer not null check (version > 0),
  -- Of the contents: a version may be given again where the rows of a demo have been removed.
  id uuid not null default gen_random_uuid(),
  settings jsonb not null,
  set_at timestamptz not null,
  -- Name and role of who changed them; the account is in the audit trail.
  set_by text not null,
  set_role text not null,
  primary key (street_code, version)
);
alter table clock_settings enable row level security;

-- Whoever works in a part of the street computes by those of the street; who changes them answers for all of it.
create policy scope_clock_settings on clock_settings for select
  using (near_scope(street_code) and (in_scope(street_code, street_code) or above_scope(street_code)));
create policy whole_clock_settings on clock_settings for select to minqing_reader_all, minqing_department_all,
  minqing_procedure_all, minqing_analyst_all, minqing_office_all using (true);
create policy write_clock_settings on clock_settings to minqing_writer
  using (in_scope(street_code, street_code)) with check (in_scope(street_code, street_code));
create policy write_all_clock_settings on clock_settings to minqing_writer_all using (true) with check (true);

grant select on clock_settings to minqing_reader;
-- No update: what held stays as it was. Rows of a demo are removed with it.
grant select, insert, delete on clock_settings to minqing_writer;
