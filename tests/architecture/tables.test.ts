import { expect, test } from 'vitest'
import { referenceTables } from './distributable.ts'
import { readSources } from './source.ts'

/** Tables and keys that could not be distributed by street. */
function undistributable(sql: string): string[] {
  const text = sql.replaceAll(/--.*$/gm, '')
  const tables = [...text.matchAll(/create table (?:if not exists )?(\w+) \((.*?)\n\);/gs)]
    .map(([, name = '', body = '']) => ({ name, body }))
    .filter(({ name }) => !referenceTables.includes(name))
  const faults = tables.flatMap(({ name, body }) => {
    const ownKeys = [...body.matchAll(/(primary key|unique) \(([^)]*)\)/g)].map(([, kind, columns]) => ({
      kind,
      columns,
    }))
    const columnKeys = [...body.matchAll(/^\s*(\w+) [^,]*?\b(primary key|unique)\b(?! \()/gm)].map(
      ([, columns, kind]) => {
        return { kind, columns }
      },
    )
    const foreign = [...body.matchAll(/foreign key \(([^)]*)\)/g)].map(([, columns]) => ({
      kind: 'foreign key',
      columns,
    }))
    const keys = [...ownKeys, ...columnKeys]
    const withoutStreet = [...keys, ...foreign].filter(({ columns }) => !/\bstreet_code\b/.test(columns ?? ''))
    return [
      ...(keys.some(({ kind }) => kind === 'primary key') ? [] : [`${name} has no primary key`]),
      ...withoutStreet.map(({ kind, columns }) => `${name}: ${kind} (${columns}) lacks street_code`),
    ]
  })
  const indexes = [...text.matchAll(/create unique index (\w+) on (\w+) \(([^)]*)\)/g)]
    .filter(([, , table = '', columns = '']) => !referenceTables.includes(table) && !/\bstreet_code\b/.test(columns))
    .map(([, index]) => `unique index ${index} lacks street_code`)
  const triggers = [...text.matchAll(/create (?:or replace )?(?:constraint )?trigger (\w+)/g)].map(
    ([, trigger]) => `trigger ${trigger}`,
  )
  return [...faults, ...indexes, ...triggers]
}

test('every large table can be distributed by street', () => {
  const migrations = readSources(['data/tables/*.do.*.sql'])
  expect(migrations.length).toBeGreaterThan(0)
  expect(migrations.flatMap(({ text }) => undistributable(text))).toEqual([])
})

test('tables, keys and indexes without the street are found', () => {
  const sql = `
create table visit (
  id text primary key,
  street_code text not null
);
create table step (
  street_code text not null,
  number text not null,
  primary key (street_code, number),
  unique (number),
  foreign key (number) references incident (number)
);
create unique index step_number on step (number);
create trigger count_steps after insert on step execute function f();
create table loose (
  a text
);`
  expect(undistributable(sql)).toEqual([
    'visit: primary key (id) lacks street_code',
    'step: unique (number) lacks street_code',
    'step: foreign key (number) lacks street_code',
    'loose has no primary key',
    'unique index step_number lacks street_code',
    'trigger count_steps',
  ])
})
