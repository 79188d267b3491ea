import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { actorAs, commandActor } from '../access/actor.ts'
import { connect, type Database } from '../store/connect.ts'
import { createTestDatabase, type TestDatabase } from '../store/test-database.ts'
import { appendAudit } from './append-audit.ts'
import { verifyAudit } from './verify-audit.ts'

const street = '990101001'
const lead = actorAs({ id: 'a1', name: 'zhang' }, 'centre_lead', [street])
let test: TestDatabase
/** Its statements are recorded; those that tamper with the trail are none of the application's. */
let tampering: Database

beforeAll(async () => {
  test = await createTestDatabase()
  tampering = connect({ url: test.url, poolSize: 1 })
})
afterAll(async () => {
  await tampering.end()
  await test.close()
})
beforeEach(async () => {
  for (const target of ['1', '2', '3', '4', '5'])
    await test.database.begin((transaction) =>
      appendAudit(transaction, lead, { action: 'reveal', object: 'contact', area: street, target }, 'done', { n: 1 }),
    )
})
afterEach(() => tampering`truncate audit, audit_head`)

describe('the audit trail', () => {
  it('holds while nothing but its own function has written', async () => {
    await test.database.begin((transaction) =>
      appendAudit(transaction, commandActor(), { action: 'verify', object: 'audit' }, 'done'),
    )
    expect(await verifyAudit(test.database)).toEqual({ rows: 6, faults: [] })
  })

  it.each([
    ['a changed row', `update audit set target = '9' where position = 3`, 3, 'changed'],
    ['a changed time', `update audit set at = at - interval '1 microsecond' where position = 3`, 3, 'changed'],
    ['a changed actor of the last row', `update audit set actor_name = 'li' where position = 5`, 5, 'changed'],
    ['a removed row', `delete from audit where position = 2`, 3, 'missing'],
    ['a removed first row', `delete from audit where position = 1`, 2, 'missing'],
    ['a removed last row', `delete from audit where position = 5`, 5, 'missing'],
    ['the removal of all', `delete from audit`, 1, 'missing'],
    [
      'two rows in each other’s places',
      `update audit set position = position + 100 where position in (2, 3);
       update audit set position = case position when 102 then 3 else 2 end where position > 100`,
      2,
      'changed',
    ],
    [
      'a row appended past the function',
      `insert into audit select street_code, 6, clock_timestamp(), actor_kind, actor_id, actor_name, role, address, action,
         object, target, reason, result, details, hash from audit where position = 5`,
      6,
      'changed',
    ],
    [
      'a row appended past the function with a right hash',
      `insert into audit select (e).* from (
         select audit_entry(a) as e from (select a from audit a where position = 5) last) made`,
      6,
      'appended',
    ],
  ])('names the first row at fault after %s', async (_, statement, position, fault) => {
    await tampering.unsafe(`
      create or replace function audit_entry(last audit) returns audit language plpgsql as $$
      declare entry audit; begin
        entry := last; entry.position := last.position + 1; entry.at := clock_timestamp(); entry.target := 'x';
        entry.hash := audit_hash(last.hash, entry); return entry;
      end $$`)
    await tampering.unsafe(statement)
    const { faults } = await verifyAudit(test.database)
    expect(faults).toEqual([{ streetCode: street, position, fault }])
  })

  it.each([
    'update audit set target = null',
    'delete from audit',
    'insert into audit select * from audit',
    'select from audit',
  ])('can be changed by no writer: %s', async (statement) => {
    const writing = tampering.begin(async (transaction) => {
      await transaction`set local role minqing_writer_all`
      await transaction.unsafe(statement)
    })
    await expect(writing).rejects.toThrow('permission denied')
  })
})
