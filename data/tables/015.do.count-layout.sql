-- Counts of incidents by facets, in the layout of server/counts/layout.ts: new facets and codes need no migration. What
-- is stored here is counted again by the migrating process, because its layout is not the program's (`count_layout`).

-- The layout that the stored counts are of: one row, on the coordinator when distributed.
create table count_layout (
  id boolean primary key default true check (id),
  layout text not null
);

-- One row a street and local month. `places` are the places that have incidents (server/counts/layout.ts), ascending,
-- `sizes` how many of `cells` belong to each; `counts` says how many incidents are in each cell. `sums` are those of all
-- incidents by code and hour, `open_sums` and `overdue_sums` those of the open and the overdue ones. Drafts and void
-- incidents are not counted.
alter table incident_month
  drop column types, drop column channels, drop column statuses, drop column risks,
  drop column open_types, drop column open_channels, drop column open_risks,
  drop column overdue_types, drop column overdue_channels, drop column overdue_statuses, drop column overdue_risks,
  add column places integer[] not null default '{}',
  add column sizes integer[] not null default '{}',
  add column sums integer[] not null default '{}',
  add column open_sums integer[] not null default '{}',
  add column overdue_sums integer[] not null default '{}';

-- Sums of all streets in a month: of all incidents (`any`, position 0) and of those with each code of each facet.
drop table incident_total;
create table incident_total (
  -- First day of the local month.
  month date not null,
  facet text not null,
  -- Of the code among those of the facet.
  position integer not null,
  total integer not null,
  open integer not null,
  sums integer[] not null,
  primary key (facet, position, month)
)
-- Every incident that is written changes some rows of its month: a new version fits beside the old one.
with (fillfactor = 50);
alter table incident_total enable row level security;
create policy scope_incident_total on incident_total for select using (current_setting('app.scope', true) = 'all');
create policy whole_incident_total on incident_total for select to minqing_reader_all, minqing_wall_all using (true);
grant select on incident_total to minqing_reader, minqing_wall;

-- Drafts are not open: the statuses are those of `openStatuses` (data/domain/incident-status.ts).
drop index incident_open;
create index incident_open on incident (street_code, due_at)
  include (community_code, grid_code, reported_at, type, channel, status, risk)
  where status in ('10', '20', '30', '40', '45', '50', '55', '60');
