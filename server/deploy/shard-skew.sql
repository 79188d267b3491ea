-- How evenly street_code spreads: the largest shard, and the fullest machine, against the mean. Citus places a text key
-- by PostgreSQL's own hashtext, an int4, in equal ranges; shards go round the machines in turn. Any PostgreSQL will do:
--
--   cut -d, -f1 streets.csv | psql "$DATABASE_URL" -f server/deploy/shard-skew.sql
--
-- reads the codes of real streets, one a line, from its input (a heading does no harm), and compares them with a made-up
-- country of 2,860 counties with 14 streets each.
\set QUIET on
create temp table given (code text);
\copy given from pstdin
create temp table street (set_name text, code text, weight double precision);
insert into street select 'given', code, 1 from given where code ~ '^\d{9}$';
-- Codes as they are given out: province, city, county, then 001.. for the streets of a county.
insert into street
select 'country', province || lpad(city::text, 2, '0') || lpad(county::text, 2, '0') || lpad(number::text, 3, '0'), 1
from unnest('{11,12,13,14,15,21,22,23,31,32,33,34,35,36,37,41,42,43,44,45,46,50,51,52,53,54,61,62,63,64}'::text[]) province
  cross join generate_series(1, 11) city cross join generate_series(2, 10) county cross join generate_series(1, 14) number
where (city - 1) * 9 + county - 1 <= 96;
-- Streets are not equal: a large one has ten times the cases of a small one (log-normal, sigma 0.6, from the code).
insert into street
select 'country, unequal', code, exp(0.6 * sqrt(-2 * ln((abs(hashtextextended(code, 1)::numeric) % 1000003 + 1)::float / 1000004))
  * cos(2 * pi() * (abs(hashtextextended(code, 2)::numeric) % 1000003)::float / 1000003))
from street where set_name = 'country';

with shard as (
  select set_name, shards, ((hashtext(code)::bigint + 2147483648) * shards) >> 32 as shard, count(*) as streets,
    sum(weight) as weight
  from street cross join unnest('{32,64,128,256}'::integer[]) shards group by 1, 2, 3
), machine as (
  select set_name, shards, machines, shard % machines as machine, sum(weight) as weight
  from shard cross join unnest('{4,8,16}'::integer[]) machines group by 1, 2, 3, 4
), total as (select set_name, count(*) as streets, sum(weight) as weight from street group by 1)
select set_name as streets_of, t.streets, s.shards, max(s.streets) as largest_shard,
  shards - count(*) as empty_shards,
  round((max(s.weight) / (t.weight / shards))::numeric, 2) as largest_over_mean,
  (select string_agg(machines || ': ' || round((fullest / (t.weight / machines))::numeric, 2), ', ' order by machines)
   from (select machines, max(weight) as fullest from machine m
     where m.set_name = s.set_name and m.shards = s.shards group by 1) f) as fullest_machine_over_mean
from shard s join total t using (set_name)
group by set_name, t.streets, t.weight, shards order by set_name, shards;
