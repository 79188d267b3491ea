-- A ledger of buildings tells what they are, and seldom where: its buildings are kept without an outline, as a point
-- where it gives one (`geometry` is GeoJSON of any type), else without a place, until an outline comes.
alter table building
  alter column geometry drop not null,
  alter column extent drop not null,
  alter column center drop not null;
-- PostGIS's view of buildings and its index took every geometry for a polygon; the migrating process makes both again.
drop index if exists gis_building_shape;
