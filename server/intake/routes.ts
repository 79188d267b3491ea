import { z } from '@hono/zod-openapi'
import { StreetCode } from '@minqing/data/domain/area-code'
import { Channel } from '@minqing/data/domain/channel'
import { ChannelMapping, IncidentReport, ReceiptCode, ReceiptProgress, Registered } from '@minqing/data/domain/intake'
import { ProblemError } from '@minqing/data/domain/problem'
import { parameter } from '../http/parameters.ts'
import { actorOf } from '../http/resolve-actor.ts'
import { json, problems } from '../http/responses.ts'
import { defineRoute } from '../http/route-access.ts'
import { createRouter } from '../http/router.ts'
import { jsonBody, limitBody } from '../http/small-body.ts'
import type { Database } from '../store/connect.ts'
import type { ReadSource } from '../store/scope.ts'
import { readMapping, writeMapping } from './channel-mappings.ts'
import { ReportPlaces } from './place-report.ts'
import { readMessage } from './read-message.ts'
import { issueAnother } from './receipts.ts'
import { rateByReceipt, readProgress } from './receipt-progress.ts'
import { registerIncident } from './register-incident.ts'

const tags = ['intake']
const fresh = { 'cache-control': 'no-store' }
const noQuery = z.strictObject({})
const Key = z.object({
  'idempotency-key': z
    .string()
    .min(8)
    .max(200)
    .optional()
    .openapi({ example: '5f0c2f0e-3d0b-4a55-9d7e-0d6b5b6b2f11', description: 'The same key makes no second incident' }),
})
const ofChannel = z.strictObject({ channel: parameter(Channel, 'hotline_12345') })
const inStreet = z.strictObject({ street: parameter(StreetCode, '990101001') })
const Rating = z.enum(['satisfied', 'fair', 'dissatisfied'])
/** Bytes of a report: its text has at most 4,000 characters. */
const largestReport = 32_768

const registered = {
  200: json(Registered, 'It was there already: the key had been sent before'),
  201: json(Registered, 'The new incident'),
  ...problems,
}

const routes = {
  register: defineRoute({
    access: { action: 'create', object: 'incident' },
    method: 'post',
    path: '/incidents',
    tags,
    summary: 'Registers an incident',
    description:
      'Street, grid, building, title and type follow from what is known where they are left out. The answer holds the code of a receipt, by which the reporter asks how far the case has come; it is given once.',
    request: { query: noQuery, headers: Key, ...jsonBody(IncidentReport) },
    responses: registered,
  }),
  receive: defineRoute({
    access: { action: 'create', object: 'incident' },
    method: 'post',
    path: '/intake/{channel}',
    tags,
    summary: 'Registers a message of another system',
    description:
      'The mapping of the channel says what its fields mean. Needs an idempotency key, or a number of the other system.',
    request: {
      params: ofChannel,
      query: z.strictObject({ street: parameter(StreetCode, '990101001').optional() }),
      headers: Key,
      ...jsonBody(z.record(z.string(), z.unknown())),
    },
    responses: registered,
  }),
  getMapping: defineRoute({
    access: { action: 'read', object: 'import' },
    method: 'get',
    path: '/intake/{channel}/mapping',
    tags,
    summary: 'What the messages of a channel mean in a sub-district',
    request: { params: ofChannel, query: inStreet },
    responses: { 200: json(ChannelMapping, 'Names of fields, and words for types'), ...problems },
  }),
  setMapping: defineRoute({
    access: { action: 'create', object: 'import' },
    method: 'put',
    path: '/intake/{channel}/mapping',
    tags,
    summary: 'Sets what the messages of a channel mean in a sub-district',
    request: { params: ofChannel, query: inStreet, ...jsonBody(ChannelMapping) },
    responses: { 204: { description: 'It is set' }, ...problems },
  }),
  issue: defineRoute({
    access: { action: 'create', object: 'incident' },
    method: 'post',
    path: '/incidents/{street}/{number}/receipts',
    tags,
    summary: 'Issues another receipt of an incident, as for one that was imported, or where the first was lost',
    request: {
      params: z.strictObject({ street: parameter(StreetCode, '990101001'), number: z.string().min(1).max(64) }),
      query: noQuery,
    },
    responses: { 201: json(z.object({ receipt: ReceiptCode }), 'The code; it is given once'), ...problems },
  }),
  progress: defineRoute({
    access: 'public',
    method: 'post',
    path: '/receipts/progress',
    tags,
    summary: 'How far the case of a receipt has come, without a name',
    request: { query: noQuery, ...jsonBody(z.strictObject({ code: ReceiptCode })) },
    responses: { 200: json(ReceiptProgress, 'Procedure, unit, steps and the next time limit'), ...problems },
  }),
  rate: defineRoute({
    access: 'public',
    method: 'post',
    path: '/receipts/rating',
    tags,
    summary: 'Rates a closed case as whoever reported it, once',
    request: { query: noQuery, ...jsonBody(z.strictObject({ code: ReceiptCode, rating: Rating })) },
    responses: { 204: { description: 'It is recorded' }, ...problems },
  }),
}

const remedies = {
  'idempotency-key': {
    zh: '幂等键为 8 至 200 个字符，每件事一个，例如 UUID',
    en: 'Give a key of 8 to 200 characters, one for each matter, such as a UUID',
  },
}

export function intakeRoutes(database: Database, readFrom: ReadSource, now: () => Date) {
  const places = new ReportPlaces()
  const router = createRouter(remedies)
  router.use('/incidents', limitBody(largestReport))
  router.use('/intake/*', limitBody(largestReport))
  router.use('/incidents/:street/:number/receipts', limitBody())
  router.use('/receipts/*', limitBody())
  return router
    .openapi(routes.register, async (c) => {
      const key = c.req.valid('header')['idempotency-key']
      const asked = { report: c.req.valid('json'), key }
      const made = await registerIncident(database, actorOf(c), places, asked, now())
      return c.json(made, made.isRepeated ? 200 : 201, fresh)
    })
    .openapi(routes.receive, async (c) => {
      const { channel } = c.req.valid('param')
      const actor = actorOf(c)
      const { street, mapping } = await readMapping(readFrom, actor, c.req.valid('query').street, channel)
      const { report, externalNumber } = readMessage(c.req.valid('json'), mapping, { channel, street })
      const key = c.req.valid('header')['idempotency-key'] ?? externalNumber
      if (key === undefined) throw keyMissing()
      const asked = { report, key: `${channel} ${key}`, externalNumber }
      const made = await registerIncident(database, actor, places, asked, now())
      return c.json(made, made.isRepeated ? 200 : 201, fresh)
    })
    .openapi(routes.getMapping, async (c) => {
      const { street } = c.req.valid('query')
      const { mapping } = await readMapping(readFrom, actorOf(c), street, c.req.valid('param').channel)
      return c.json(mapping, 200, fresh)
    })
    .openapi(routes.setMapping, async (c) => {
      const { street } = c.req.valid('query')
      await writeMapping(database, actorOf(c), street, c.req.valid('param').channel, c.req.valid('json'), now())
      return c.body(null, 204, fresh)
    })
    .openapi(routes.issue, async (c) => {
      const receipt = await issueAnother(database, actorOf(c), c.req.valid('param'), now())
      return c.json({ receipt }, 201, fresh)
    })
    .openapi(routes.progress, async (c) =>
      c.json(await readProgress(readFrom, c.req.valid('json').code, now()), 200, fresh),
    )
    .openapi(routes.rate, async (c) => {
      const { code, rating } = c.req.valid('json')
      await rateByReceipt(database, readFrom, code, rating, now())
      return c.body(null, 204, fresh)
    })
}

function keyMissing(): ProblemError {
  return new ProblemError(
    'bad_parameter',
    { zh: '消息没有编号，也没有幂等键', en: 'The message has neither a number nor an idempotency key' },
    {
      parameter: 'Idempotency-Key',
      remedy: {
        zh: '请加上请求头 Idempotency-Key，或在字段对应关系中指明工单编号',
        en: 'Add the header Idempotency-Key, or map the field with the number',
      },
    },
  )
}
