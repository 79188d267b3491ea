-- Views with geometry columns for QGIS and every other client of PostGIS. `security_invoker`: each is read with the
-- rights and the scope of who reads it, so that row-level security selects the rows here as well. A person's login:
--   create role li login password '…' in role minqing_reader;
--   alter role li set app.scope = '990101001';   -- an area code, or 'all'
drop schema if exists gis cascade;
create schema gis;

create view gis.streets with (security_invoker = true) as
  select code, name, households, residents, leader, leader_phone, area_m2,
    st_setsrid(st_multi(st_geomfromgeojson(geometry)), 4490)::geometry(multipolygon, 4490) as geom
  from public.area_with_contacts where level = 'street';
create view gis.communities with (security_invoker = true) as
  select code, parent_code, street_code, name, households, residents, leader, leader_phone, area_m2,
    st_setsrid(st_multi(st_geomfromgeojson(geometry)), 4490)::geometry(multipolygon, 4490) as geom
  from public.area_with_contacts where level = 'community';
create view gis.grids with (security_invoker = true) as
  select code, parent_code, street_code, name, grid_type, households, residents, leader, leader_phone, worker,
    worker_phone, area_m2,
    st_setsrid(st_multi(st_geomfromgeojson(geometry)), 4490)::geometry(multipolygon, 4490) as geom
  from public.area_with_contacts where level = 'grid';
create view gis.buildings with (security_invoker = true) as
  select code, street_code, community_code, grid_code, name, address, estate, floors, height, units, built_year,
    structure, use, households, residents,
    (case when geometry not like '{"type":"Point"%' then
      st_setsrid(st_multi(st_geomfromgeojson(geometry)), 4490) end)::geometry(multipolygon, 4490) as geom
  from public.building;
-- Those of which there is no outline yet.
create view gis.building_points with (security_invoker = true) as
  select code, street_code, community_code, grid_code, name, address, estate, floors, units, built_year, households,
    residents, position_source, position_certainty, st_setsrid(st_makepoint(center[0], center[1]), 4490)::geometry(point, 4490) as geom
  from public.building where geometry like '{"type":"Point"%';
create view gis.incidents with (security_invoker = true) as
  select street_code || '-' || number as id, number, street_code, community_code, grid_code, building_code, type,
    channel, urgency, risk, status, title, address, involved_count, happened_at, happened_until, reported_at, due_at,
    closed_at,
    case when position is not null then position_source end as position_source, position_certainty,
    st_setsrid(st_makepoint(position[0], position[1]), 4490)::geometry(point, 4490) as geom
  from public.incident;
create view gis.facilities with (security_invoker = true) as
  select street_code || '-' || id as id, street_code, community_code, grid_code, kind, name, address, phone, status,
    position_source, position_certainty,
    st_setsrid(st_makepoint(position[0], position[1]), 4490)::geometry(point, 4490) as geom
  from public.facility;
create view gis.base_features with (security_invoker = true) as
  select street_code || '-' || id as id, street_code, layer, kind, name, rank,
    st_setsrid(st_geomfromgeojson(geometry), 4490)::geometry(geometry, 4490) as geom
  from public.base_feature;

grant usage on schema gis to minqing_reader;
grant select on all tables in schema gis to minqing_reader;

-- Of the very expressions above: without them a map window would read every row.
create index if not exists gis_area_shape on public.area
  using gist ((st_setsrid(st_multi(st_geomfromgeojson(geometry)), 4490)::geometry(multipolygon, 4490)));
create index if not exists gis_building_shape on public.building
  using gist (((case when geometry not like '{"type":"Point"%' then
    st_setsrid(st_multi(st_geomfromgeojson(geometry)), 4490) end)::geometry(multipolygon, 4490)));
create index if not exists gis_incident_place on public.incident
  using gist ((st_setsrid(st_makepoint(position[0], position[1]), 4490)::geometry(point, 4490)));
create index if not exists gis_facility_place on public.facility
  using gist ((st_setsrid(st_makepoint(position[0], position[1]), 4490)::geometry(point, 4490)));
