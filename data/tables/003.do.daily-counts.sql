-- How many incidents there are, by area, day, type, status, channel, risk and hour: kept by every transaction that
-- writes incidents (server/counts/count-incidents.ts), read by whatever shows counts.

-- One row a street and month. `cells` are the codes of server/counts/cell.ts, ascending: what a case is (grid, day,
-- hour, type, channel, status, risk) in one number each; `counts` says how many are so. The other columns are their
-- sums, at [code + 1], so that many streets are added up without opening their cells.
create table incident_month (
  street_code text not null,
  -- First day of the month at home (Asia/Shanghai).
  month date not null,
  total integer not null default 0,
  open integer not null default 0,
  types integer[] not null default '{}',
  channels integer[] not null default '{}',
  statuses integer[] not null default '{}',
  risks integer[] not null default '{}',
  open_types integer[] not null default '{}',
  open_channels integer[] not null default '{}',
  open_risks integer[] not null default '{}',
  -- Places that have cases, ascending, and how many each has.
  places integer[] not null default '{}',
  place_counts integer[] not null default '{}',
  first_reported timestamptz,
  last_reported timestamptz,
  cells bigint[] not null default '{}',
  counts integer[] not null default '{}',
  primary key (street_code, month)
);

-- One row a month for all streets together: types, channels, statuses and risks as they occur together, and the hours
-- of each. A few dozen rows: a reference table when distributed.
create table incident_total (
  month date primary key,
  cells bigint[] not null default '{}',
  counts integer[] not null default '{}'
);

-- What is overdue changes without a write: found among the few cases that are open.
create index incident_open on incident (due_at, street_code)
  where status in ('00', '10', '20', '30', '40', '45', '50', '55', '60');

alter table incident_month enable row level security;
alter table incident_total enable row level security;
create policy scope_incident_month on incident_month for select using (in_scope(street_code));
create policy scope_incident_total on incident_total for select using (current_setting('app.scope', true) = 'all');
grant select on incident_month, incident_total to minqing_reader, minqing_wall;
