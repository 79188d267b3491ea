-- Areas, buildings, incidents, people and facilities of the streets in this database.
--
-- Rules (DECISIONS.md): plain PostgreSQL >= 15 without extensions; every large table has street_code in its
-- primary key and in every unique constraint, so that the same schema can be distributed by street; no triggers;
-- geometry is GeoJSON text handed out unchanged, with a box or point beside it for searching.

-- Who reads: every request runs as one of these, inside the area that app.scope names ('all' or a code prefix).
do $$
begin
  create role minqing_reader nologin;
exception when duplicate_object or unique_violation then null;
end $$;
do $$
begin
  create role minqing_wall nologin;
exception when duplicate_object or unique_violation then null;
end $$;
do $$
begin
  execute format('grant minqing_reader, minqing_wall to %I', current_user);
exception when others then
  -- A superuser needs no grant; whoever does and lacks it is told at the first request by `set local role`.
  null;
end $$;

-- Areas are few and joined everywhere: a reference table when distributed.
create table area (
  code text primary key check (code ~ '^(\d{9}|\d{12}|\d{15})$'),
  level text not null check (level in ('street', 'community', 'grid')),
  parent_code text references area (code) check ((parent_code is null) = (level = 'street')),
  street_code text not null check (street_code = left(code, 9)),
  name text not null,
  grid_type text check (grid_type in ('basic', 'dedicated')),
  households integer check (households >= 0),
  residents integer check (residents >= 0),
  leader text,
  leader_phone text,
  worker text,
  worker_phone text,
  area_m2 double precision not null check (area_m2 >= 0),
  geometry text not null,
  extent box not null,
  center point not null,
  std_code text,
  source text not null,
  source_id text,
  version integer not null default 1,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);
create index area_parent on area (parent_code);
create index area_extent on area using gist (extent);

create table staff (
  id text not null,
  street_code text not null,
  area_code text not null references area (code),
  role text not null,
  name text not null,
  work_phone text not null,
  primary key (street_code, id)
);
create index staff_area on staff (area_code);

create table building (
  street_code text not null,
  code text not null check (code ~ '^\d{17}$' and left(code, 9) = street_code),
  community_code text not null,
  grid_code text,
  name text not null default '',
  address text not null default '',
  estate text,
  floors integer check (floors >= 0),
  height double precision check (height >= 0),
  units integer check (units >= 0),
  built_year integer check (built_year between 1000 and 2100),
  structure text not null default 'other',
  use text not null default 'other',
  households integer check (households >= 0),
  residents integer check (residents >= 0),
  geometry text not null,
  extent box not null,
  center point not null,
  std_address_code text,
  source text not null,
  source_id text,
  version integer not null default 1,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (street_code, code)
);
create index building_grid on building (street_code, grid_code);
create index building_extent on building using gist (extent);
create unique index building_source on building (street_code, source, source_id) where source_id is not null;

create table household (
  street_code text not null,
  id text not null,
  grid_code text not null,
  building_code text not null,
  unit integer not null,
  floor integer not null,
  room text not null,
  primary key (street_code, id)
);
create index household_building on household (street_code, building_code);

create table resident (
  street_code text not null,
  id text not null,
  household_id text not null,
  grid_code text not null,
  building_code text not null,
  sex text not null check (sex in ('0', '1', '2', '9')),
  birth_date date not null,
  population_type text not null check (population_type in ('10', '20', '30', '40')),
  lives_alone boolean not null default false,
  primary key (street_code, id)
);
create index resident_grid on resident (street_code, grid_code);
create index resident_building on resident (street_code, building_code);

create table incident (
  street_code text not null,
  number text not null,
  community_code text,
  grid_code text,
  building_code text,
  type text not null,
  source_type text,
  channel text not null,
  urgency text not null default '1',
  risk text not null default 'blue',
  status text not null default '10',
  title text not null,
  text text not null default '',
  address text not null default '',
  involved_count integer not null default 0 check (involved_count >= 0),
  position point,
  source_crs text not null default 'wgs84',
  source_x double precision,
  source_y double precision,
  happened_at timestamptz not null,
  reported_at timestamptz not null,
  due_at timestamptz,
  closed_at timestamptz,
  std_code text,
  source text not null,
  version integer not null default 1,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (street_code, number)
);
create index incident_reported on incident (street_code, reported_at, number);
create index incident_grid on incident (street_code, grid_code, reported_at);
create index incident_position on incident using gist (position);
create index incident_number on incident (number text_pattern_ops);

-- Append-only: each step of a case, with a gap-free position within its street that live streams resume from.
create table flow_step (
  street_code text not null,
  number text not null,
  sequence integer not null check (sequence >= 1),
  position bigint not null check (position >= 1),
  from_status text,
  to_status text not null,
  unit text not null default '',
  opinion text not null default '',
  at timestamptz not null,
  primary key (street_code, number, sequence),
  unique (street_code, position),
  foreign key (street_code, number) references incident (street_code, number)
);
create index flow_step_at on flow_step (street_code, at);

-- The last position given out in a street; the row lock makes the sequence gap-free.
create table log_head (
  street_code text primary key,
  position bigint not null default 0
);

create table facility (
  street_code text not null,
  id text not null,
  community_code text,
  grid_code text,
  building_code text,
  kind text not null,
  name text not null default '',
  address text not null default '',
  phone text,
  status text not null default 'not_applicable',
  position point not null,
  source_crs text not null default 'wgs84',
  source_x double precision,
  source_y double precision,
  source text not null,
  source_id text,
  version integer not null default 1,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (street_code, id)
);
create index facility_position on facility using gist (position);
create index facility_grid on facility (street_code, grid_code);

-- What the base map is drawn from: land use, water, green, roads, names.
create table base_feature (
  street_code text not null,
  id text not null,
  layer text not null check (layer in ('land', 'water', 'green', 'road', 'rail', 'place')),
  kind text not null,
  name text not null default '',
  rank integer not null default 0,
  geometry text not null,
  extent box not null,
  source text not null,
  primary key (street_code, id)
);
create index base_feature_extent on base_feature using gist (extent);

-- One row a collection: what caches and ETags are keyed by. Every writing transaction that touches the collection
-- raises its version and notifies `collection_changed` with the collection's name.
create table collection_version (
  collection text primary key,
  version bigint not null default 1,
  changed_at timestamptz not null default now()
);
insert into collection_version (collection)
values ('areas'), ('buildings'), ('incidents'), ('facilities'), ('base'), ('people');

-- How the demo street of this database was made, so that a later start can carry the same series on.
create table demo_state (
  street_code text primary key,
  seed bigint not null,
  scale text not null,
  -- Version of the generator: only the one that made it can carry it on.
  model integer not null,
  made_at timestamptz not null,
  carried_to timestamptz not null
);

-- Which rows a request sees. Unset scope is null, and null selects nothing.
create function in_scope(code text) returns boolean
  language sql stable parallel safe
  return current_setting('app.scope', true) = 'all'
    or starts_with(code, nullif(current_setting('app.scope', true), ''));

alter table staff enable row level security;
alter table building enable row level security;
alter table household enable row level security;
alter table resident enable row level security;
alter table incident enable row level security;
alter table flow_step enable row level security;
alter table facility enable row level security;

create policy scope_staff on staff for select using (in_scope(area_code));
create policy scope_building on building for select using (in_scope(coalesce(grid_code, community_code)));
create policy scope_household on household for select using (in_scope(grid_code));
create policy scope_resident on resident for select using (in_scope(grid_code));
create policy scope_incident on incident for select using (in_scope(coalesce(grid_code, community_code, street_code)));
create policy scope_facility on facility for select using (in_scope(coalesce(grid_code, community_code, street_code)));
create policy scope_flow_step on flow_step for select using (
  exists (select from incident i where i.street_code = flow_step.street_code and i.number = flow_step.number)
);

grant select on area, base_feature, collection_version, log_head, demo_state to minqing_reader, minqing_wall;
grant select on staff, building, household, resident, incident, flow_step, facility to minqing_reader;
-- The wall: places and counts. No right on people, staff or any text a person wrote.
grant select on building, facility to minqing_wall;
grant select (street_code, number, community_code, grid_code, building_code, type, channel, urgency, risk, status,
  position, happened_at, reported_at, due_at, closed_at, version) on incident to minqing_wall;
-- Where a case stands in its loop, without who said what.
grant select (street_code, number, sequence, position, from_status, to_status, at) on flow_step to minqing_wall;

-- People as numbers for those without a right on people: no finer than a community, where no band is a person.
-- `edges` are the lower ages of the bands; band 1 begins at edges[1].
create function count_residents(area text, day date, edges integer[])
  returns table (community_code text, band integer, residents bigint, living_alone bigint)
  language sql stable security definer set search_path = public, pg_temp
  as $$
    select left(grid_code, 12), width_bucket(extract(year from age(day, birth_date))::integer, edges), count(*),
      count(*) filter (where lives_alone)
    from resident
    where starts_with(grid_code, area) and in_scope(left(grid_code, 12))
    group by 1, 2
  $$;
revoke execute on function count_residents from public;
grant execute on function count_residents to minqing_reader, minqing_wall;
