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
  'server/store/application-login.ts',
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

/** Statements that would change or remove what was recorded; `audit_head` is the end of a chain. */
function changedTrail({ path, text }: Source): string[] {
  const found = [...text.matchAll(/\b(delete\s+from|update|truncate(\s+table)?|drop\s+table)\s+(public\.)?audit\b/gi)]
  return found.map(({ index }) => `${path}:${text.slice(0, index).split('\n').length}`)
}

test('nothing removes or changes a row of the audit trail', () => {
  const sources = readSources(['server/**/*.{ts,sql}', 'data/tables/*.sql'])
  expect(sources.filter(({ path }) => !path.endsWith('.test.ts')).flatMap(changedTrail)).toEqual([])
})

test('a statement that does is found', () => {
  const found = (text: string) => changedTrail({ path: 'a.sql', text })
  expect(found('delete from audit where at < now()')).toEqual(['a.sql:1'])
  expect(found('truncate audit;')).toEqual(['a.sql:1'])
  expect(found('update audit_head set position = 1')).toEqual([])
})
