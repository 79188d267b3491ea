import { Hono } from 'hono'
import { expect, test } from 'vitest'
import { limitLoad } from './limit-load.ts'
import { asProblem, problemResponse } from './problem.ts'

test('what comes while enough others run is refused with a time to come back', async () => {
  const gate = Promise.withResolvers<void>()
  const app = new Hono()
  app.onError((error) => problemResponse(asProblem(error), 'en'))
  app.use(limitLoad(2)).get('/', async (c) => {
    await gate.promise
    return c.text('done')
  })
  const running = [1, 2].map(async () => app.request('/'))
  const refused = await app.request('/')
  expect(refused.status).toBe(429)
  expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0)
  gate.resolve()
  expect((await Promise.all(running)).map(({ status }) => status)).toEqual([200, 200])
  expect((await app.request('/')).status).toBe(200)
})
