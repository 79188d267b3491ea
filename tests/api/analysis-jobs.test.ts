import { AnalysisQuestion } from '@minqing/data/domain/analysis'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { changed, grids, insertAreas, insertIncident } from './world.ts'
import { type Actor, actorAs } from '../../server/access/actor.ts'
import { CellCache } from '../../server/counts/cell-cache.ts'
import { connect, type Database } from '../../server/store/connect.ts'
import { readPools } from '../../server/store/read-pools.ts'
import { createTestDatabase, type TestDatabase } from '../../server/store/test-database.ts'
import { AnalysisService } from '../../server/analysis/analysis-service.ts'
import { ThreadPool } from '../../server/analysis/thread-pool.ts'

let held: TestDatabase
let own: Database
let service: AnalysisService
const threads = new ThreadPool()
const failures: unknown[] = []
const [first, second]: [Actor, Actor] = [
  actorAs({ id: 'first' }, 'analyst', ['all']),
  actorAs({ id: 'second' }, 'analyst', ['all']),
]

beforeAll(async () => {
  held = await createTestDatabase()
  own = connect({ url: held.url })
  await insertAreas(own)
  for (let index = 0; index < 20; index++)
    await insertIncident(own, { number: `N${index}`, gridCode: grids[index % 4]!, channel: 'walk_in' })
  await changed(own, 'incidents')
  const { database } = held
  const logError = (error: unknown) => failures.push(error)
  service = new AnalysisService({
    database,
    pools: readPools(database),
    cells: new CellCache(),
    now: () => new Date('2026-03-10T12:00:00+08:00'),
    version: 'test',
    threads,
    logError,
  })
})
afterAll(async () => {
  await threads.close()
  await own.end()
  await held.close()
})

const question = (size: number) => AnalysisQuestion.parse({ method: 'hot-spots', unit: 'square', size })
const stored = async (id: string) => (await own`select id from analysis where id = ${id}`).length
/** And stored, with the robustness of its hot spots. */
const finished = (actor: Actor, id: string) =>
  expect.poll(async () => (await service.state(actor, id, 2_000)).progress).toBe(1)

test('whoever asks the same waits for the same work, and it goes on until nobody waits', async () => {
  const { id, state } = await service.ask(first, question(50))
  expect(state).toBe('running')
  expect(await service.ask(second, question(50))).toMatchObject({ id })
  await service.cancel(first, id)
  await finished(second, id)
  expect(await stored(id)).toBe(1)
  // It is there at once for whoever asks later.
  expect(await service.ask(first, question(50))).toMatchObject({ id, state: 'done' })
})

test('when the last one cancels, the work ends and nothing is stored; it can be asked again', async () => {
  // So many cells that no thread is done with them before the next statement.
  const { id } = await service.ask(first, question(25))
  await service.cancel(first, id)
  expect((await service.state(first, id)).state).toBe('cancelled')
  expect(await stored(id)).toBe(0)
  await service.ask(second, question(25))
  await finished(second, id)
  expect(await stored(id)).toBe(1)
  expect(failures).toEqual([])
})

test('two at the same instant have one result', async () => {
  const [a, b] = await Promise.all([service.ask(first, question(60)), service.ask(second, question(60))])
  expect(b.id).toBe(a.id)
  await finished(first, a.id)
  expect(await stored(a.id)).toBe(1)
})

test('who sees less cannot wait for, see or cancel what others ask', async () => {
  const community = actorAs({ id: 'community' }, 'community', [grids[0]!.slice(0, 12)])
  const { id } = await service.ask(first, question(70))
  await service.cancel(community, id)
  await expect(service.state(community, id)).rejects.toMatchObject({ code: 'not_found' })
  await finished(first, id)
  await expect(service.result(community, id)).rejects.toMatchObject({ code: 'not_found' })
})
