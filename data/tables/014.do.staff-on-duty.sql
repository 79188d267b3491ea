-- People on duty stand in `staff` alone: who is responsible for an area is a fact of its own, no column of the area.
-- What the wall's role may read is granted by column, and holds no person, no free text and no exact position.

-- The area's two contacts, the leader and the grid worker on duty; null for everybody else.
alter table staff add column duty text check (duty in ('leader', 'worker'));
alter table staff add constraint staff_duty unique (area_code, duty);

-- Those who are staff already (the demo's).
update staff set duty = contact.duty
from (
  select distinct on (a.code, d.duty) s.street_code, s.id, d.duty
  from area a
  cross join lateral (values ('leader', a.leader, a.leader_phone), ('worker', a.worker, a.worker_phone))
    as d (duty, name, phone)
  join staff s on s.area_code = a.code and s.name = d.name and s.work_phone = coalesce(d.phone, '')
  order by a.code, d.duty, s.id
) contact
where staff.street_code = contact.street_code and staff.id = contact.id;

-- Those who were only named with their area. An empty name or phone is one that is not known.
insert into staff (id, street_code, area_code, role, name, work_phone, duty)
select a.code || '-' || d.duty, a.street_code, a.code,
  case when d.duty = 'worker' then 'grid_worker' when a.level = 'grid' then 'grid_leader'
    when a.level = 'community' then 'community_secretary' else 'street_leader' end,
  coalesce(d.name, ''), coalesce(d.phone, ''), d.duty
from area a
cross join lateral (values ('leader', a.leader, a.leader_phone), ('worker', a.worker, a.worker_phone))
  as d (duty, name, phone)
where coalesce(d.name, '') || coalesce(d.phone, '') <> ''
on conflict (area_code, duty) do nothing;

-- These select the columns that go; the migrating process makes them again (server/migrations/migrate.ts).
drop view if exists gis.streets, gis.communities, gis.grids;
alter table area drop column leader, drop column leader_phone, drop column worker, drop column worker_phone;

-- An area with its contacts, under the rights and the scope of whoever reads it.
create view area_with_contacts with (security_invoker = true) as
  select a.*, nullif(leader.name, '') as leader, nullif(leader.work_phone, '') as leader_phone,
    nullif(worker.name, '') as worker, nullif(worker.work_phone, '') as worker_phone
  from area a
  left join staff leader on leader.area_code = a.code and leader.duty = 'leader'
  left join staff worker on worker.area_code = a.code and worker.duty = 'worker';
grant select on area_with_contacts to minqing_reader;

-- The wall: what an area, building or facility is, how many cases there are and how far they have come. `number` joins
-- a case with its steps.
revoke select on area, building, facility, incident, incident_step from minqing_wall;
grant select (code, level, parent_code, street_code, name, grid_type, households, residents, area_m2, geometry, extent,
  center, source) on area to minqing_wall;
grant select (street_code, community_code, grid_code, floors, height, use, geometry, extent) on building to minqing_wall;
grant select (street_code, community_code, grid_code, kind, status) on facility to minqing_wall;
grant select (street_code, number, community_code, grid_code, type, channel, risk, status, reported_at, due_at,
  closed_at) on incident to minqing_wall;
grant select (street_code, number, sequence, position, from_status, to_status, at) on incident_step to minqing_wall;

-- Where the counted cases of thirty days are, by cell of 50 m. A function and not a view: the wall's role gets numbers by
-- cell and nothing that a cell could be joined with, and no window finer than clock hours from which one case could be
-- told by difference. `x` and `y` are the middles of the cells in degrees * 1e7; `area` is a street or a community.
create function count_wall_cells(area text, at timestamptz) returns table (x integer, y integer, cases bigint)
  language sql stable security definer set search_path = public, pg_temp
  as $$
    select round((floor(i.position[0] / wide.degrees) + 0.5) * wide.degrees * 1e7)::integer,
      round(high.middle * 1e7)::integer, count(*)
    from incident i
    cross join lateral (select (floor(i.position[1] * 111320 / 50) + 0.5) * 50 / 111320 as middle) high
    cross join lateral (select 50 / (111320 * cosd(high.middle)) as degrees) wide
    where i.street_code = left(area, 9) and (length(area) = 9 or i.community_code = left(area, 12))
      and i.reported_at >= date_trunc('hour', at) - interval '30 days'
      and i.reported_at < date_trunc('hour', at) + interval '1 hour'
      and i.status not in ('00', '90') and i.position is not null
      and in_scope(coalesce(i.grid_code, i.community_code, i.street_code))
    group by 1, 2
  $$;
revoke execute on function count_wall_cells from public;
grant execute on function count_wall_cells to minqing_wall;

-- No finer than a community whatever area is asked for: a grid or a building may hold so few that a band is a person.
create or replace function count_residents(area text, day date, edges integer[])
  returns table (community_code text, band integer, residents bigint, living_alone bigint)
  language sql stable security definer set search_path = public, pg_temp
  as $$
    select left(grid_code, 12), width_bucket(extract(year from age(day, birth_date))::integer, edges), count(*),
      count(*) filter (where lives_alone)
    from resident
    where starts_with(grid_code, left(area, 12)) and in_scope(left(grid_code, 12))
    group by 1, 2
  $$;

-- Grid workers of an area as a number: one who works in several grids counts once.
create function count_grid_workers(area text) returns bigint
  language sql stable security definer set search_path = public, pg_temp
  as $$
    select count(distinct coalesce(nullif(work_phone, ''), name)) from staff
    where duty = 'worker' and length(area_code) = 15 and starts_with(area_code, area) and in_scope(area_code)
  $$;
revoke execute on function count_grid_workers from public;
grant execute on function count_grid_workers to minqing_wall;

-- Name and phone on duty of grid workers: a grant of its own, with a role of its own, so that a wall that does not show
-- them reads under a role that cannot.
do $$
begin
  create role minqing_duty nologin;
exception when duplicate_object or unique_violation then null;
end $$;
do $$
begin
  create role minqing_duty_all nologin;
exception when duplicate_object or unique_violation then null;
end $$;
do $$
begin
  grant minqing_duty to minqing_duty_all;
  execute format('grant minqing_duty, minqing_duty_all to %I', current_user);
exception when others then
  -- Roles are the cluster's: another database of it has granted them, or the first request says what is missing.
  null;
end $$;
create view duty_contact with (security_barrier = true) as
  select s.street_code, s.area_code as grid_code, s.name, s.work_phone as phone
  from staff s
  where s.duty = 'worker' and length(s.area_code) = 15 and in_scope(s.area_code);
grant select on duty_contact, collection_version to minqing_duty;
