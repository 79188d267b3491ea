-- What is past its time changes without a write, and the late cases of a city are many: they are counted when their
-- street is written (server/counts/overdue-cases.ts), and a reader adds what became late since, which is little.

-- Up to which moment a street's late cases are counted in `incident_month`.
create table overdue_horizon (
  street_code text primary key,
  at timestamptz not null
);
alter table overdue_horizon enable row level security;
create policy scope_overdue_horizon on overdue_horizon for select using (in_scope(street_code));
create policy whole_overdue_horizon on overdue_horizon for select to minqing_reader_all, minqing_wall_all using (true);
grant select on overdue_horizon to minqing_reader, minqing_wall;

-- Open cases that were due before the street's horizon, and how many of each type and so on, at [code + 1].
alter table incident_month
  add column overdue integer not null default 0,
  add column overdue_types integer[] not null default '{}',
  add column overdue_channels integer[] not null default '{}',
  add column overdue_statuses integer[] not null default '{}',
  add column overdue_risks integer[] not null default '{}';
drop index incident_month_sums;
create index incident_month_sums on incident_month (month, street_code) include (total, open, overdue);

-- From the street's horizon on.
drop index incident_open;
create index incident_open on incident (street_code, due_at)
  include (community_code, grid_code, reported_at, type, channel, status, risk)
  where status in ('00', '10', '20', '30', '40', '45', '50', '55', '60');
