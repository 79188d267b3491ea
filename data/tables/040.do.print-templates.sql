-- How a centre prints its maps, by name; a few rows for each street. What a template holds says `page-setup.ts`.
create table print_template (
  street_code text not null check (street_code ~ '^\d{9}$'),
  id uuid not null default gen_random_uuid(),
  name text not null,
  setup jsonb not null,
  saved_at timestamptz not null,
  primary key (street_code, id),
  unique (street_code, name)
);
alter table print_template enable row level security;

-- Whoever works in a part of the street reads those of the street; who changes them answers for all of it.
create policy scope_print_template on print_template for select
  using (near_scope(street_code) and (in_scope(street_code, street_code) or above_scope(street_code)));
create policy whole_print_template on print_template for select to minqing_reader_all, minqing_department_all,
  minqing_procedure_all, minqing_analyst_all, minqing_office_all using (true);
create policy write_print_template on print_template to minqing_writer
  using (in_scope(street_code, street_code)) with check (in_scope(street_code, street_code));
create policy write_all_print_template on print_template to minqing_writer_all using (true) with check (true);

grant select on print_template to minqing_reader;
grant select, insert, update, delete on print_template to minqing_writer;
