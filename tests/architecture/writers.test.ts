import { expect, test } from 'vitest'
import { readSources, type Source } from './source.ts'

/**
 * Who opens a transaction that may write, besides `writeAs`: the owner's work on the schema and on what it counts, and who
 * may sign in, which belongs to no collection and has a role of the database of its own.
 */
const owners: ReadonlySet<string> = new Set([
  'server/writing/write-as.ts',
  'server/audit/append-audit.ts',
  'server/accounts/account-transaction.ts',
  'server/migrations/migrate.ts',
  'server/store/postgis.ts',
  'server/store/application-login.ts',
  // Accounts and sessions, under a role of their own.
  'server/accounts/account-transaction.ts',
  'server/counts/check-counts.ts',
  'server/commands/database.ts',
  // Statistics for the planner.
  'server/demo/make-scale.ts',
])

/** Places that open a transaction other than a read-only one. */
function openedToWrite({ path, text }: Source): string[] {
  const opened = [...text.matchAll(/\.begin\((?!\s*['"`][^'"`]*read only['"`])(?!\))/g)]
  return opened.map(({ index }) => `${path}:${text.slice(0, index).split('\n').length}`)
}

test('what is written goes through writeAs', () => {
  const sources = readSources(['server/**/*.ts']).filter(({ path }) => !/\.test\.ts$|\/test-/.test(path))
  expect(sources.length).toBeGreaterThan(100)
  expect(sources.filter(({ path }) => !owners.has(path)).flatMap(openedToWrite)).toEqual([])
})

test('a transaction that writes is found', () => {
  const found = (text: string) => openedToWrite({ path: 'server/a.ts', text })
  expect(found('await database.begin(async (t) => t`insert`)')).toEqual(['server/a.ts:1'])
  expect(found('\nawait database.begin(\n  work)')).toEqual(['server/a.ts:2'])
  expect(found(`database.begin('isolation level repeatable read read only', work)\nservice.begin()`)).toEqual([])
})
