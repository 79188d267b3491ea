-- What has to be done next of each case that people have worked on, and until when (data/domain/incident-workflow). Of a
-- case that was only imported, incident.due_at says it.
create table incident_task (
  street_code text not null,
  number text not null,
  -- Where the case stands: of a case that a later file has moved on, this says nothing any more.
  status text not null,
  -- Null where no clock runs.
  node text,
  started_at timestamptz,
  -- When a fifth of the time is left, and when it is over.
  soon_at timestamptz,
  due_at timestamptz,
  unit text not null default '',
  -- Accounts; none: whoever belongs to the unit.
  handlers text[] not null default '{}',
  urgings integer not null default 0,
  yellow_cards integer not null default 0,
  red_cards integer not null default 0,
  returns integer not null default 0,
  reworks integer not null default 0,
  primary key (street_code, number),
  foreign key (street_code, number) references incident (street_code, number) on delete cascade
);
create index incident_task_due on incident_task (street_code, due_at);
create index incident_task_soon on incident_task (street_code, soon_at);
-- Cases that are followed up.
create index incident_followed on incident (street_code, reported_at) where status = '75';

alter table incident_task enable row level security;
create policy scope_incident_task on incident_task for select using (near_scope(street_code) and (
  street_code ^@ nullif(current_setting('app.scope', true), '') or exists (
    select from incident i where i.street_code = incident_task.street_code and i.number = incident_task.number)));
create policy whole_incident_task on incident_task for select to minqing_reader_all, minqing_department_all,
  minqing_procedure_all, minqing_analyst_all, minqing_office_all using (true);
create policy write_incident_task on incident_task to minqing_writer using (near_scope(street_code) and (
  street_code ^@ nullif(current_setting('app.scope', true), '') or exists (
    select from incident i where i.street_code = incident_task.street_code and i.number = incident_task.number)));
create policy write_all_incident_task on incident_task to minqing_writer_all using (true) with check (true);
grant select on incident_task to minqing_reader;
grant select, insert, update, delete on incident_task to minqing_writer;
