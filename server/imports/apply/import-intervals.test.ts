import { inMemory } from '@minqing/data/formats/test-bytes'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { openScope, readAs, type Scope, wallScope } from '../../store/scope.ts'
import { createTestDatabase, type TestDatabase } from '../../store/test-database.ts'
import { undoImport } from '../undo/undo-import.ts'
import { beginWithTwoGrids, runImport, tester } from './test-import.ts'

let world: TestDatabase
beforeAll(async () => {
  world = await createTestDatabase()
})
afterAll(() => world.close())
beforeEach(() => beginWithTwoGrids(world.database))

const incidents = (content: string) =>
  runImport(world.database, {
    collection: 'incidents',
    file: inMemory('警情.csv', content),
    street: '420102012',
    crs: 'wgs84',
  })
const stored = () =>
  world.database`select number, happened_at, happened_until, reported_at from incident order by number`

const header = '警情编号,类型,发案时间上限,发案时间下限,接警时间\n'
const night = 'J1,盗窃,2026-06-01 22:00,2026-06-02 07:00,2026-06-02 07:30\nJ2,盗窃,2026-06-03 09:00,,2026-06-03 09:10\n'

test('between which times something happened is stored, changed by a later file, and brought back by undo', async () => {
  const first = await incidents(header + night)
  expect(first).toMatchObject({ inserted: 2, rejected: 0, unused: [] })
  const before = await stored()
  expect(before.map(({ happenedAt, happenedUntil }) => [happenedAt, happenedUntil])).toEqual([
    ['2026-06-01T14:00:00.000Z', '2026-06-01T23:00:00.000Z'],
    ['2026-06-03T01:00:00.000Z', null],
  ])
  expect(await incidents(header + night)).toMatchObject({ unchanged: 2, updated: 0 })

  // A file that knows the very time ends the interval; one that says nothing of it leaves it.
  await incidents('警情编号,接警时间\nJ1,2026-06-02 07:30\n')
  expect(await stored()).toEqual(before)
  const later = await incidents('警情编号,类型,发案时间,接警时间\nJ1,盗窃,2026-06-02 03:15,2026-06-02 07:30\n')
  expect(later).toMatchObject({ updated: 1 })
  expect((await stored())[0]).toMatchObject({ happenedAt: '2026-06-01T19:15:00.000Z', happenedUntil: null })
  await undoImport(world.database, tester, later.batch!)
  expect(await stored()).toEqual(before)
})

test('an interval in one column, and one that ends before it begins, which is reported', async () => {
  const report = await incidents(`${header}J3,盗窃,2026-06-02 07:00,2026-06-01 22:00,2026-06-02 07:30\n`)
  expect(report.rowNotes).toContainEqual(
    expect.objectContaining({ rows: 1, label: expect.objectContaining({ zh: expect.stringContaining('止早于起') }) }),
  )
  await incidents('警情编号,类型,发生时间,接警时间\nJ4,盗窃,2026-06-01 22:00至2026-06-02 07:00,2026-06-02 07:30\n')
  for (const row of await stored())
    expect(row).toMatchObject({ happenedAt: '2026-06-01T14:00:00.000Z', happenedUntil: '2026-06-01T23:00:00.000Z' })
})

test('the wall may not read it', async () => {
  const until = (scope: Scope) =>
    readAs(world.database, scope, (transaction) => transaction`select happened_until from incident`)
  await expect(until(wallScope)).rejects.toThrow('permission denied')
  expect(await until(openScope)).toEqual([])
})
