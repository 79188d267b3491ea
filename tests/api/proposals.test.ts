import { afterAll, beforeAll, expect, it } from 'vitest'
import { actorAs } from '../../server/access/actor.ts'
import { createTestDatabase, type TestDatabase } from '../../server/store/test-database.ts'
import type { UnitProposals } from '../../server/workflow/propose-units.ts'
import { now, type ServedApi, serveOn } from './serve-api.ts'
import { communities, grids, insertAreas, insertIncident, street } from './world.ts'

const day = 86_400_000
let held: TestDatabase
let api: ServedApi

/** A case that a unit had, from its report some days ago on. */
async function past(
  number: string,
  unit: string,
  { type = 'D02', grid = grids[0]!, status = '80', days = 10, took = 2, allowed = 5 } = {},
): Promise<void> {
  const reported = now.getTime() - days * day
  await insertIncident(held.database, {
    number,
    type: type as 'D02',
    gridCode: grid,
    status: status as '80',
    reportedAt: new Date(reported).toISOString(),
    dueAt: new Date(reported + allowed * day).toISOString(),
    closedAt: status === '80' ? new Date(reported + took * day).toISOString() : null,
  })
  for (const [index, to] of (status === '80' ? ['40', '50', '80'] : [status]).entries())
    await held.database`
      with head as (
        insert into log_head (street_code, position) values (${street}, 1)
        on conflict (street_code) do update set position = log_head.position + 1 returning position)
      insert into incident_step (street_code, number, sequence, position, to_status, unit, at)
      select ${street}, ${number}, ${index + 1}, position, ${to}, ${to === '80' ? '归档室' : unit}, ${now} from head`
}

beforeAll(async () => {
  held = await createTestDatabase()
  await insertAreas(held.database)
  // In another community all in time; in this one half of them; one of another type; and what they have to do now.
  for (const [index, took] of [1, 2, 3].entries()) await past(`AWAY${index}`, '街道司法所', { grid: grids[2]!, took })
  await past('HERE1', '社区调委会', { took: 2 })
  await past('HERE2', '社区调委会', { took: 9 })
  await past('OTHER', '城管所', { type: 'E03' })
  await past('OPEN1', '社区调委会', { status: '50', days: 3 })
  await past('OPEN2', '社区调委会', { status: '50', days: 9, type: 'E03' })
  await insertIncident(held.database, { number: 'NEW', type: 'D02', gridCode: grids[0]!, status: '30' })
  api = await serveOn(held.database, { actor: actorAs({ id: 'zhang' }, 'duty_officer', [street]) })
})
afterAll(async () => {
  await api.close()
  await held.close()
})

it('proposes units that closed cases of the type, those of the community first, with what they have to do now', async () => {
  const { past: cases, units } = await api.getJson<UnitProposals>(`/incidents/${street}/NEW/proposals`)
  expect(cases).toBe(5)
  expect(units).toEqual([
    { unit: '社区调委会', handled: 2, sameCommunity: 2, due: 2, inTime: 1, days: 5.5, open: 2, overdue: 1 },
    { unit: '街道司法所', handled: 3, sameCommunity: 0, due: 3, inTime: 3, days: 2, open: 0, overdue: 0 },
  ])
})

it('has nothing of cases that the actor may not see', async () => {
  const elsewhere = await serveOn(held.database, { actor: actorAs({ id: 'li' }, 'community', [communities[1]!]) })
  expect((await elsewhere.get(`/incidents/${street}/NEW/proposals`)).status).toBe(404)
  await elsewhere.close()
})
