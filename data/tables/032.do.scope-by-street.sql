-- Policies asked of each row whether its area is in the scope, so that a reader of one street read every row of a city.
-- The street is compared first, in a form that an index on street_code serves: from the first street of the scope to the
-- last. Which of the rows between them belong to it is said of their area, as before, with a scope of one area compared
-- at once: taking a list to pieces for each row took most of a grid worker's questions.
create function near_scope(street text) returns boolean
  language sql stable parallel safe
  return street >= coalesce(nullif(current_setting('app.scope_from', true), ''), '')
    and street < coalesce(nullif(current_setting('app.scope_to', true), ''), 'z');
create function in_scope(street text, code text) returns boolean
  language sql stable parallel safe
  return near_scope(street) and (
    code ^@ nullif(current_setting('app.scope', true), '')
    -- Several areas, or everything.
    or current_setting('app.scope', true) ~~ any (array['%,%', 'all']) and in_scope(code));

alter policy scope_area on area using (near_scope(street_code) and (in_scope(street_code, code) or above_scope(code)));
alter policy scope_staff on staff using (in_scope(street_code, area_code));
alter policy scope_building on building using (in_scope(street_code, coalesce(grid_code, community_code)));
alter policy scope_household on household using (in_scope(street_code, grid_code));
alter policy scope_resident on resident using (in_scope(street_code, grid_code));
alter policy scope_incident on incident
  using (in_scope(street_code, coalesce(grid_code, community_code, street_code)));
alter policy scope_facility on facility
  using (in_scope(street_code, coalesce(grid_code, community_code, street_code)));
alter policy scope_incident_step on incident_step using (near_scope(street_code) and (
  street_code ^@ nullif(current_setting('app.scope', true), '') or exists (
    select from incident i where i.street_code = incident_step.street_code and i.number = incident_step.number)));
alter policy scope_import_before on import_before using (in_scope(street_code, area_code));
alter policy scope_incident_month on incident_month using (in_scope(street_code, street_code));
alter policy scope_overdue_horizon on overdue_horizon using (in_scope(street_code, street_code));

alter policy write_area on area using (in_scope(street_code, code));
alter policy write_staff on staff using (in_scope(street_code, area_code));
alter policy write_building on building using (in_scope(street_code, coalesce(grid_code, community_code)));
alter policy write_household on household using (in_scope(street_code, grid_code));
alter policy write_resident on resident using (in_scope(street_code, grid_code));
alter policy write_incident on incident
  using (in_scope(street_code, coalesce(grid_code, community_code, street_code)));
alter policy write_facility on facility
  using (in_scope(street_code, coalesce(grid_code, community_code, street_code)));
alter policy write_incident_step on incident_step using (near_scope(street_code) and (
  street_code ^@ nullif(current_setting('app.scope', true), '') or exists (
    select from incident i where i.street_code = incident_step.street_code and i.number = incident_step.number)));
alter policy write_import_before on import_before using (in_scope(street_code, area_code));

-- The areas of a street.
create index area_street on area (street_code);

-- What is counted of people, without looking at their rows.
create index resident_counted on resident (street_code, grid_code) include (birth_date, lives_alone);
drop index resident_grid;

-- People by community, age band and whether they live alone, grid by grid: the scope is asked once for each of them, and
-- nothing is sorted. Ages are compared in days with the days on which somebody reached each edge.
create or replace function count_residents(area text, day date, edges integer[])
  returns table (community_code text, band integer, residents bigint, living_alone bigint)
  language sql stable security definer set search_path = public, pg_temp
  as $$
    with thresholds as (
      select array_agg(day - (day - make_interval(years => edge))::date order by edge) as days from unnest(edges) as edge
    )
    select g.parent_code, own.band, sum(own.residents)::bigint, sum(own.living_alone)::bigint
    from thresholds, area g, lateral (
      select width_bucket(day - r.birth_date, days) as band, count(*) as residents,
        count(*) filter (where r.lives_alone) as living_alone
      from resident r where r.street_code = g.street_code and r.grid_code = g.code group by 1
    ) own
    where g.level = 'grid' and g.street_code = left(count_residents.area, 9)
      and starts_with(g.code, left(count_residents.area, 12)) and in_scope(g.parent_code)
    group by 1, 2
  $$;
