-- A position that stands for a grid or a community (data/domain/position-source.ts) is no place: the middle of each would
-- be a hot spot.
create or replace function count_wall_cells(area text, at timestamptz) returns table (x integer, y integer, cases bigint)
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
      and i.position_source not in ('address-grid', 'address-community')
      and in_scope(coalesce(i.grid_code, i.community_code, i.street_code))
    group by 1, 2
  $$;
