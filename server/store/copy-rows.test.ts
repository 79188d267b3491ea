import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createTestDatabase, type TestDatabase } from './test-database.ts'
import { copyLine, CopyRows, type CopyValue } from './copy-rows.ts'

describe('CopyRows', () => {
  let test: TestDatabase
  beforeAll(async () => {
    test = await createTestDatabase()
  })
  afterAll(() => test.close())

  const copy = (rows: CopyValue[][]) =>
    test.database.begin(async (transaction) => {
      await transaction`create temp table target (id integer, value text) on commit drop`
      const copy = await CopyRows.open(transaction, 'target')
      for (let at = 0; at < rows.length; at += 500)
        await copy.send(
          rows
            .slice(at, at + 500)
            .map(copyLine)
            .join(''),
        )
      await copy.end(transaction)
      return transaction`select id, value from target order by id`
    })

  it('preserves every character, and distinguishes null from an empty text', async () => {
    const values = ['', null, '\\N', 'a\tb', 'a\nb\r\nc', '\\', '𠮷👩‍👩‍👧', "'; drop table x; --", '\u0001']
    const rows = values.map((value, id) => [id, value])
    expect((await copy(rows)).map((row) => [row['id'], row['value']])).toEqual(rows)
  })

  it('sends more than fits into memory at once', async () => {
    const rows = Array.from({ length: 50_000 }, (_, id) => [id, 'x'.repeat(100)])
    expect(await copy(rows)).toHaveLength(50_000)
  })

  it.each([
    ['a short table, in its last step', 1],
    ['a long one, on the way', 50_000],
  ])('fails, and does not wait for ever, when the database refuses %s', async (_, count) => {
    const rows: CopyValue[][] = Array.from({ length: count }, (_, id) => [id, 'x'.repeat(100)])
    rows[0] = ['no number', '']
    await expect(copy(rows)).rejects.toThrow(/invalid input syntax|aborted/)
    expect(await test.database`select 1 as alive`).toHaveLength(1)
  })
})
