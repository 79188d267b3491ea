-- Results of analyses with what made them, under an address each. A few hundred are kept, of any street or of several: a
-- reference table when distributed.
create table analysis (
  -- Hash of question, data, product version, and of who may see the result.
  id text primary key,
  -- The database role that it was read as, and the areas of its scope: whoever sees less does not see it.
  reader text not null,
  areas text[] not null,
  -- The record, as it stands in the result.
  record jsonb not null,
  made_at timestamptz not null default now(),
  made_by text not null,
  -- Of the result, which is stored compressed (gzip).
  sha256 text not null,
  bytes integer not null,
  result bytea not null
);
create index analysis_made on analysis (made_at);

-- It is seen where all of what it was read from is.
create function sees_areas(areas text[]) returns boolean
  language sql stable parallel safe
  return not exists (select from unnest(areas) as own (area) where not in_scope(own.area));
alter table analysis enable row level security;
create policy scope_analysis on analysis for select using (sees_areas(areas));
create policy whole_analysis on analysis for select to minqing_reader_all, minqing_wall_all, minqing_department_all,
  minqing_procedure_all, minqing_analyst_all, minqing_office_all using (true);
create policy write_analysis on analysis to minqing_writer using (sees_areas(areas)) with check (sees_areas(areas));
create policy write_all_analysis on analysis to minqing_writer_all using (true) with check (true);
grant select on analysis to minqing_reader;
grant select, insert, delete on analysis to minqing_writer;
