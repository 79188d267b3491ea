import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { actorAs } from '../access/actor.ts'
import { verifyAudit } from '../audit/verify-audit.ts'
import { createTestDatabase, type TestDatabase } from '../store/test-database.ts'
import { writeAs, type Writing } from './write-as.ts'

const grid = '990101001001001'
const worker = actorAs({ id: 'w1', name: 'wang' }, 'grid_worker', [grid])
const action = { action: 'create', object: 'facility', area: grid } as const
let test: TestDatabase

beforeAll(async () => {
  test = await createTestDatabase()
})
afterAll(() => test.close())

const insert = ({ transaction }: Writing, id: string, gridCode = grid) => transaction`
  insert into facility (street_code, id, grid_code, kind, position, source)
  values ('990101001', ${id}, ${gridCode}, 'hydrant', point(114.3, 30.5), 'test')`
const trail = () => test.database`
  select street_code, position, actor_kind, actor_id, actor_name, role, action, object, target, result, details
  from audit order by position`
const versionOfFacilities = async () => {
  const [row] = await test.database<{ version: number }[]>`
    select version from collection_version where collection = 'facilities'`
  return row?.version ?? 0
}

describe('writing as an actor', () => {
  it('does the work, raises the version, notifies and leaves a row in the audit trail', async () => {
    const before = await versionOfFacilities()
    const heard: string[] = []
    const { promise: notified, resolve } = Promise.withResolvers<void>()
    const listening = await test.database.listen('collection_changed', (payload) => {
      heard.push(payload)
      resolve()
    })
    const result = await writeAs(test.database, worker, action, async (writing) => {
      await insert(writing, 'F1')
      writing.change(['facilities'])
      writing.target = 'F1'
      writing.details['rows'] = 1
      return 'done'
    })
    expect(result).toBe('done')
    expect(await versionOfFacilities()).toBe(before + 1)
    await notified
    expect(heard).toEqual([`facilities ${before + 1}`])
    await listening.unlisten()
    expect(await trail()).toEqual([
      {
        streetCode: '990101001',
        position: 1,
        actorKind: 'person',
        actorId: 'w1',
        actorName: 'wang',
        role: 'grid_worker',
        action: 'create',
        object: 'facility',
        target: 'F1',
        result: 'done',
        details: { rows: 1 },
      },
    ])
  })

  it('writes nothing outside of the actor’s areas, and leaves no trace of the attempt but the error', async () => {
    const before = await trail()
    const writing = writeAs(test.database, worker, action, async (one) => {
      one.change(['facilities'])
      await insert(one, 'F2', '990101001001002')
    })
    await expect(writing).rejects.toThrow('row-level security')
    const moved = writeAs(test.database, worker, action, async (one) => {
      one.change(['facilities'])
      await one.transaction`update facility set grid_code = '990101001001002' where street_code = '990101001'`
    })
    await expect(moved).rejects.toThrow('row-level security')
    expect(await test.database`select id from facility`).toEqual([{ id: 'F1' }])
    expect(await trail()).toEqual(before)
  })

  it('is refused whole when the work does not name what it changed', async () => {
    const before = [await versionOfFacilities(), await trail()]
    const writing = writeAs(test.database, worker, action, (one) => insert(one, 'F3'))
    await expect(writing).rejects.toThrow('create wrote to facility without naming the change')
    expect(await test.database`select id from facility`).toEqual([{ id: 'F1' }])
    expect([await versionOfFacilities(), await trail()]).toEqual(before)
  })

  it('is refused whole when it cannot be recorded', async () => {
    await test.database`alter table audit add constraint full_disk check (position < 2)`
    const writing = writeAs(test.database, worker, action, async (one) => {
      one.change(['facilities'])
      await insert(one, 'F4')
    })
    await expect(writing).rejects.toThrow('full_disk')
    await test.database`alter table audit drop constraint full_disk`
    expect(await test.database`select id from facility`).toEqual([{ id: 'F1' }])
    expect(await verifyAudit(test.database)).toEqual({ rows: 1, faults: [] })
  })

  it('counts rows of its own transaction alone, however soon it follows another', async () => {
    for (const id of ['F5', 'F6'])
      await writeAs(test.database, worker, action, async (one) => {
        one.change(['facilities'])
        await insert(one, id)
      })
    const quiet = writeAs(test.database, worker, { ...action, action: 'read' }, async () => 1)
    expect(await quiet).toBe(1)
  })

  it('is done by many at once without a gap in the trail', async () => {
    const writes = Array.from({ length: 30 }, (_, index) =>
      writeAs(test.database, worker, action, async (one) => {
        one.change(['facilities'])
        await insert(one, `M${index}`)
      }),
    )
    await Promise.all(writes)
    const { rows, faults } = await verifyAudit(test.database)
    expect(faults).toEqual([])
    expect(rows).toBe((await trail()).at(-1)?.position)
  })
})
