import { expect, test } from 'vitest'
import { connect } from './connect.ts'
import { createTestDatabase } from './test-database.ts'

/** Statements that the driver sends on one connection before the first is answered. */
const mostPipelined = 100

test('a transaction that is begun behind as many statements as a connection takes has it to itself', async () => {
  const held = await createTestDatabase()
  const database = connect({ url: held.url, poolSize: 2 })
  try {
    await Promise.all([database`select 1`, database`select 1`])
    const statements = Array.from({ length: 2 * mostPipelined }, () => database`select 1 as n`.execute())
    const within = database.begin(async (transaction) => {
      await transaction`set local statement_timeout = 12345`
      return transaction<{ own: string }[]>`select current_setting('statement_timeout') as own`
    })
    expect(await within).toEqual([{ own: '12345ms' }])
    for (const rows of await Promise.all(statements)) expect(rows).toEqual([{ n: 1 }])
  } finally {
    await database.end()
    await held.close()
  }
})
