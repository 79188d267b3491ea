import { z } from '@hono/zod-openapi'
import { StreetCode } from '@minqing/data/domain/area-code'
import { ClockSettings, CurrentClockSettings } from '@minqing/data/domain/incident-workflow/clock-settings'
import {
  decodeHolidayFile,
  readHolidayFile,
  readHolidayRows,
} from '@minqing/data/domain/incident-workflow/holiday-file'
import { parameter } from '../http/parameters.ts'
import { actorOf, scopeOf } from '../http/resolve-actor.ts'
import { json, problems } from '../http/responses.ts'
import { defineRoute } from '../http/route-access.ts'
import { createRouter } from '../http/router.ts'
import { jsonBody, limitBody } from '../http/small-body.ts'
import type { Database } from '../store/connect.ts'
import { readAs, type ReadSource } from '../store/scope.ts'
import { getClockSettings, loadHolidays, setClockSettings } from './clock-settings.ts'

const tags = ['clocks']
const noQuery = z.strictObject({})
const Street = z.strictObject({ street: parameter(StreetCode, '990101001') })
const Version = z.int().min(0).max(1_000_000)
const text = z.string().max(100)
const Row = z.strictObject({ date: text, until: text.optional(), kind: text, name: text.optional() })
const Loaded = z.object({
  version: Version,
  years: z.array(z.object({ year: z.int(), holidays: z.int(), workdays: z.int() })),
})
/** Bytes of two hundred time limits, and of thirty years with as many special days as they have. */
const largest = 131_072

const routes = {
  get: defineRoute({
    access: { action: 'read', object: 'clock' },
    method: 'get',
    path: '/clocks/{street}',
    tags,
    summary: 'Time limits and work calendar of a sub-district, who changed them, and the defaults',
    request: { query: noQuery, params: Street },
    responses: { 200: json(CurrentClockSettings, 'As they hold now'), ...problems },
  }),
  set: defineRoute({
    access: { action: 'change', object: 'clock' },
    method: 'put',
    path: '/clocks/{street}',
    tags,
    summary: 'Sets all time limits and the work calendar of a sub-district',
    description:
      'What is computed from then on follows them. `version` is that of the settings that were read: where somebody else has changed them since, the answer is 409.',
    request: {
      query: noQuery,
      params: Street,
      ...jsonBody(z.strictObject({ version: Version, settings: ClockSettings })),
    },
    responses: { 200: json(z.object({ version: Version }), 'The version that holds now'), ...problems },
  }),
  load: defineRoute({
    access: { action: 'change', object: 'clock' },
    method: 'post',
    path: '/clocks/{street}/holidays',
    tags,
    summary: 'Sets the holidays of the years of a notice',
    description:
      'As JSON `{"rows": [{"date", "until", "kind", "name"}]}` or as CSV (UTF-8 or GB18030) with a day, a kind (holiday or workday) and a name in each line. The days of a year replace those that it had; days of December alone are added to theirs.',
    request: {
      query: noQuery,
      params: Street,
      body: {
        content: {
          'application/json': { schema: z.strictObject({ rows: z.array(Row).max(400) }) },
          'text/csv': { schema: z.string() },
        },
      },
    },
    responses: { 200: json(Loaded, 'Days of each year'), ...problems },
  }),
}

/** No cache keeps it: the settings belong to no collection that has a version. */
const fresh = { 'cache-control': 'no-store' }

export function clockRoutes(database: Database, readFrom: ReadSource, now: () => Date) {
  const router = createRouter()
  router.use('/clocks/*', limitBody(largest))
  return router
    .openapi(routes.get, async (c) => {
      const { street } = c.req.valid('param')
      return c.json(
        await readAs(readFrom, scopeOf(c), (transaction) => getClockSettings(transaction, street)),
        200,
        fresh,
      )
    })
    .openapi(routes.set, async (c) => {
      const { street } = c.req.valid('param')
      const version = await setClockSettings(database, actorOf(c), street, c.req.valid('json'), now())
      return c.json({ version }, 200, fresh)
    })
    .openapi(routes.load, async (c) => {
      const { street } = c.req.valid('param')
      const isJson = (c.req.header('content-type') ?? '').startsWith('application/json')
      const given = isJson ? c.req.valid('json') : ''
      const years =
        typeof given === 'string'
          ? readHolidayFile(decodeHolidayFile(new Uint8Array(await c.req.arrayBuffer())))
          : readHolidayRows(given.rows)
      return c.json(await loadHolidays(database, actorOf(c), street, years, now()), 200, fresh)
    })
}
