-- What all streets show, in as many rows for ten million cases as for one: a month's sums for all cases (`any`) and for
-- those of each type, channel, status and risk. Cases as they occur together, which were kept before, grow in number
-- with the cases. Filled by the migrating process (server/store/migrate.ts) from `incident_month`.
drop table incident_total;
create table incident_total (
  -- First day of the month at home (Asia/Shanghai).
  month date not null,
  cut text not null check (cut in ('any', 'type', 'channel', 'status', 'risk')),
  -- Code of the cut's value (server/counts/cell.ts); 0 for `any`.
  value integer not null,
  total integer not null,
  open integer not null,
  -- At [code + 1]; hours at [hour + 1].
  types integer[] not null,
  channels integer[] not null,
  statuses integer[] not null,
  risks integer[] not null,
  hours integer[] not null,
  primary key (cut, value, month)
)
-- Every case that is written changes some rows of its month: a new version fits beside the old one, and is tidied there.
with (fillfactor = 50);
alter table incident_total enable row level security;
create policy scope_incident_total on incident_total for select using (current_setting('app.scope', true) = 'all');
create policy whole_incident_total on incident_total for select to minqing_reader_all, minqing_wall_all using (true);
grant select on incident_total to minqing_reader, minqing_wall;
