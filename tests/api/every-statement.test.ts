import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Transaction } from '../../server/store/connect.ts'
import { createTestDatabase, type TestDatabase } from '../../server/store/test-database.ts'

/**
 * Where tests have recorded the application's statements (`server/store/test-database.ts`). Those of this cluster may be
 * there already, some of which are of PostGIS alone.
 */
const recorded = process.env['MINQING_STATEMENTS']

let world: TestDatabase
beforeAll(async () => void (world = await createTestDatabase()))
afterAll(() => world.close())

function readStatements(): string[] {
  if (recorded === undefined) return []
  const lines = globSync(join(recorded, 'embedded-*.jsonl')).flatMap((file) =>
    readFileSync(file, 'utf8').trim().split('\n'),
  )
  return [...new Set(lines)].filter((line) => line !== '').map((line) => JSON.parse(line) as string)
}

/** Undefined when it went well, else PostgreSQL's code and message. */
async function tryStatement(transaction: Transaction, statement: string): Promise<string | undefined> {
  try {
    await transaction.savepoint((inner) => inner.unsafe(statement))
    return undefined
  } catch (error) {
    const { code, message } = error as { code?: string; message: string }
    return `${code} ${message}`
  }
}

// SQL that only a newer PostgreSQL understands fails here, without running everything twice.
test('the installed PostgreSQL understands every statement that the embedded one was sent', async ({ skip }) => {
  const statements = readStatements()
  skip(statements.length < 400, 'too few were recorded: run api-embedded before (pnpm test)')
  const plannable = statements.filter((statement) => /^\s*(select|insert|update|delete|with|values)\b/i.test(statement))
  const temporary = statements.filter((statement) => /^\s*create temp/i.test(statement) && !/\$\d/.test(statement))
  const faults: string[] = []
  let prepared = 0
  await world.database
    .begin(async (transaction) => {
      for (const statement of temporary) await tryStatement(transaction, statement)
      for (const [index, statement] of plannable.entries()) {
        const fault = await tryStatement(transaction, `prepare statement_${index} as ${statement}`)
        if (fault === undefined) prepared++
        // Columns and tables that a step before makes are not there; the syntax has been read by then.
        else if (!/^(42P01|42703) /.test(fault))
          faults.push(`${fault}: ${statement.replaceAll(/\s+/g, ' ').slice(0, 300)}`)
      }
      throw new Error('done')
    })
    .catch((error: unknown) => {
      if ((error as Error).message !== 'done') throw error
    })
  expect(faults).toEqual([])
  expect(prepared / plannable.length).toBeGreaterThan(0.7)
})
