-- What the wall's hot spots are computed from: incidents of some channels by cell of 50 m, of ninety local days up to one.
-- Whole local days and the cells of `count_wall_cells` (022.do.wall-cells-of-places.sql), no finer; who asks over HTTP
-- chooses neither days nor channels.
create function count_wall_cells_of_days(area text, today date, own text[])
  returns table (x integer, y integer, cases bigint)
  language sql stable security definer set search_path = public, pg_temp
  as $$
    select round((floor(i.position[0] / wide.degrees) + 0.5) * wide.degrees * 1e7)::integer,
      round(high.middle * 1e7)::integer, count(*)
    from incident i
    cross join lateral (select (floor(i.position[1] * 111320 / 50) + 0.5) * 50 / 111320 as middle) high
    cross join lateral (select 50 / (111320 * cosd(high.middle)) as degrees) wide
    where i.street_code = left(area, 9) and (length(area) = 9 or i.community_code = left(area, 12))
      and i.reported_at >= (today - 89)::timestamp at time zone 'Asia/Shanghai'
      and i.reported_at < (today + 1)::timestamp at time zone 'Asia/Shanghai'
      and i.channel = any(own)
      and i.status not in ('00', '90') and i.position is not null
      and i.position_source not in ('address-grid', 'address-community')
      and in_scope(coalesce(i.grid_code, i.community_code, i.street_code))
    group by 1, 2
  $$;
revoke execute on function count_wall_cells_of_days from public;
grant execute on function count_wall_cells_of_days to minqing_wall;
