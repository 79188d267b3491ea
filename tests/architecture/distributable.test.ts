import { expect, test } from 'vitest'
import { largeTables, undistributableParts } from './distributable.ts'

const large = largeTables()

test('the large tables are those of the migrations, reference tables aside', () => {
  expect([...large]).toEqual(expect.arrayContaining(['incident', 'incident_step', 'building', 'resident']))
  expect(large.has('area')).toBe(false)
})

test.each([
  `select count(*) from incident where street_code = $1 and reported_at >= $2`,
  `select street_code, number from incident where (street_code, number) > ($1, $2) order by street_code, number limit 10`,
  `select street_code, count(*), min(reported_at) from incident group by street_code`,
  `select street_code, string_agg(number, ',' order by number) from incident group by street_code, community_code`,
  `select a.name, i.total from area a left join (select street_code, count(*) as total from incident group by street_code) i on i.street_code = a.code`,
  `select i.number, s.sequence from incident i join incident_step s on s.street_code = i.street_code and s.number = i.number`,
  `select max(s.at) from log_head h join incident_step s using (street_code, position)`,
  `select * from incident i where exists (select from incident_step s where s.street_code = i.street_code and s.number = i.number)`,
  `select row_number() over (partition by street_code order by number) from incident`,
  `select row_number() over (order by number) from incident where street_code = $1`,
  `select percentile_cont(0.5) within group (order by involved_count) from incident where street_code in ('a', 'b')`,
  `insert into incident (street_code, number) values ($1, $2) on conflict (street_code, number) do nothing returning number`,
  `update incident set title = $1 where street_code = $2 and number = $3`,
  `update incident i set title = n.title from new_incident n where i.street_code = n.street_code and i.number = n.number`,
  `update import_row r set code = b.code from building b where b.street_code = r.street_code and b.source_id = r.source_id`,
  `delete from incident_step where street_code = any($1)`,
  `with gone as (delete from incident where street_code = $1 returning number) select count(*) from gone`,
  `update area set name = $1 where code = $2`,
  `set local app.scope = 'all'`,
])('this can be distributed: %s', (statement) => {
  expect(undistributableParts(statement, large)).toEqual([])
})

test.each([
  [`select i.number from incident i join incident_step s on s.number = i.number`, 'incident meets incident_step'],
  [`select * from building b, incident i where i.building_code = b.code`, 'building meets incident'],
  [`select * from incident i where exists (select from incident_step s where s.number = i.number)`, 'inside another'],
  [`select row_number() over (order by reported_at) from incident`, 'row_number() over all streets'],
  [`select percentile_cont(0.5) within group (order by involved_count) from incident`, 'cannot be merged'],
  [`select string_agg(number, ',') from incident`, 'cannot be merged'],
  [`select string_agg(number, ',') from incident group by community_code`, 'cannot be merged'],
  [`select array_agg(number order by reported_at) from incident`, 'cannot be merged'],
  [`create temp table t as select i.number from incident i, building b`, 'incident meets building'],
  [`select number from incident where number = $1 for update`, 'locked over all streets'],
  [`insert into incident (number) values ($1)`, 'without street_code'],
  [
    `insert into incident (street_code, number) select street_code, number from incident where street_code = $1 returning number`,
    'gives rows back',
  ],
  [`insert into incident (street_code, number) values ($1, $2) on conflict (number) do nothing`, 'conflict'],
  [`update incident set title = $1 where number = $2`, 'an update of incident names no street'],
  [`delete from incident where number = $1`, 'a removal of incident names no street'],
  [`with gone as (delete from incident where number = $1 returning number) select count(*) from gone`, 'a removal'],
  [`select * from (select * from incident for update) i`, 'locked'],
  [`select set_config('app.scope', 'all', true)`, 'set_config'],
  [
    `select code from area order by (select max(reported_at) from incident where street_code = area.code)`,
    'each row of area',
  ],
  [
    `select ordinal from import_row r where exists (select 1 from building b where b.street_code = r.street_code)`,
    'each row of r',
  ],
  [`update area a set name = r.name from import_row r where r.code = a.code`, 'area, which every machine has'],
  [`delete from area where code in (select left(code, 9) from building)`, 'area, which every machine has'],
  [
    `update import_row r set code = b.code from (select code, geometry from building where street_code in (select street_code from import_row)) b where b.geometry = r.geometry`,
    'import_row is changed from a query over both building and import_row',
  ],
  [`create trigger t after insert on incident execute function f()`, 'a trigger'],
])('this cannot: %s', (statement, fault) => {
  expect(undistributableParts(statement, large).join('; ')).toContain(fault)
})
