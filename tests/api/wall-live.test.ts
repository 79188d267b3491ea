import { afterAll, beforeAll, expect, it } from 'vitest'
import { LiveReader } from './live-reader.ts'
import { type ServedApi, serveApi, serveOn } from './serve-api.ts'
import { changed, grids, insertAreas, insertIncident, street } from './world.ts'
import { actorAs } from '../../server/access/actor.ts'

let wall: ServedApi
let worker: ServedApi
beforeAll(async () => {
  wall = await serveApi({ actor: actorAs({ kind: 'wall' }, 'wall', [street]) })
  await insertAreas(wall.database)
  worker = await serveOn(wall.database, { actor: actorAs({}, 'grid_worker', [grids[0]!]) })
})
afterAll(async () => {
  await worker.close()
  await wall.close()
})

it('tells a wall which collections have changed, and of no case', async () => {
  const stream = await LiveReader.open(`${wall.api}/wall/live`)
  const begin = await stream.next()
  expect(begin).toMatchObject({ event: 'begin', data: { collections: expect.any(Array) } })
  await insertIncident(wall.database, { number: 'SECRET-7', title: '不应出现' })
  await changed(wall.database, 'incidents')
  const event = await stream.next()
  expect(event).toMatchObject({ event: 'changed', data: { collection: 'incidents' } })
  expect(JSON.stringify([begin, event])).not.toMatch(/SECRET|不应出现/)
  stream.close()
})

it('is for who may see the wall', async () => {
  expect((await worker.get('/wall/live?wait=0')).status).toBe(403)
})
