-- Behind the policies of a part of all rows no index over pieces of names serves (its operator is not leakproof), so that
-- a search compared each building of a street. This reads the index for the reader and gives the codes of buildings within
-- the scope alone; the rows themselves are read under the policies.
create function buildings_holding(pieces text[]) returns setof text
  language sql stable security definer set search_path = public, pg_temp
  as $$
    select code from building
    where search_grams(coalesce(estate, '') || ' ' || name || ' ' || address || ' ' || code) @> pieces
      and in_scope(street_code, coalesce(grid_code, community_code))
  $$;
revoke execute on function buildings_holding from public;
grant execute on function buildings_holding to minqing_reader, minqing_writer, minqing_department, minqing_procedure,
  minqing_analyst, minqing_office;
