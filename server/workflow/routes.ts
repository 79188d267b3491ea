import { z } from '@hono/zod-openapi'
import { StreetCode } from '@minqing/data/domain/area-code'
import { IncidentStatus } from '@minqing/data/domain/incident-status'
import { Instant } from '@minqing/data/domain/instant'
import { LoopState } from '@minqing/data/domain/incident-workflow/loop-state'
import { IncidentParty, NewParty } from '@minqing/data/domain/incident-party'
import { StepAction, stepActions, stepContents } from '@minqing/data/domain/incident-workflow/step-actions'
import { ProblemError } from '@minqing/data/domain/problem'
import { AsOf, parameter } from '../http/parameters.ts'
import { actorOf } from '../http/resolve-actor.ts'
import { json, problems } from '../http/responses.ts'
import { defineRoute } from '../http/route-access.ts'
import { createRouter } from '../http/router.ts'
import { jsonBody, limitBody } from '../http/small-body.ts'
import type { Database } from '../store/connect.ts'
import type { ReadSource } from '../store/scope.ts'
import { countAsOf } from './count-as-of.ts'
import { getLoop } from './get-loop.ts'
import { mergeIncident, unmergeIncident } from './merge-incidents.ts'
import { addParty, listParties, revealParty } from './parties.ts'
import { proposeUnits, UnitProposals } from './propose-units.ts'
import { contentOf, notOfOneCase } from './read-loop.ts'
import { takeStep } from './take-step.ts'

const Params = z.strictObject({ street: parameter(StreetCode, '990101001'), number: z.string().min(1).max(64) })
const fresh = { 'cache-control': 'no-store' }

const Asked = z.strictObject({
  sequence: z.int().min(0),
  action: StepAction.refine((action) => !notOfOneCase.includes(action)),
  content: z.record(z.string(), z.unknown()).default({}),
  opinion: z.string().max(1000).default(''),
})

const ofCase = { sequence: z.int().min(0), reason: z.string().trim().min(1).max(500) }
const Taken = z.object({ sequence: z.int(), position: z.int(), status: IncidentStatus })

const stepRoute = defineRoute({
  access: { action: 'change', object: 'incident' },
  method: 'post',
  path: '/incidents/{street}/{number}/steps',
  tags: ['incidents'],
  summary: 'Takes the next step of an incident',
  description: `One of ${stepActions.filter((action) => !notOfOneCase.includes(action)).join(', ')}. \`sequence\` is that of the last step that was read: where somebody else has acted since, or the step is not possible, the answer is 409.`,
  request: {
    params: Params,
    query: z.strictObject({}),
    ...jsonBody(Asked),
  },
  responses: {
    200: json(Taken, 'The step as it was taken'),
    ...problems,
  },
})

const loopRoute = defineRoute({
  access: { action: 'change', object: 'incident' },
  method: 'get',
  path: '/incidents/{street}/{number}/loop',
  tags: ['incidents'],
  summary: 'Where an incident stands, its clocks, its steps, and those that who asks may take next',
  description: 'With `asOf` as it was known at that instant, from the log alone.',
  request: { params: Params, query: z.strictObject({ asOf: AsOf }) },
  responses: { 200: json(LoopState, 'As its log says'), ...problems },
})

const proposalsRoute = defineRoute({
  access: { action: 'change', object: 'incident' },
  method: 'get',
  path: '/incidents/{street}/{number}/proposals',
  tags: ['incidents'],
  summary: 'Units to which an incident can be dispatched, with their past and present cases',
  description: 'From the last closed incidents of the same type. A person decides.',
  request: {
    params: Params,
    query: z.strictObject({}),
  },
  responses: { 200: json(UnitProposals, 'At most five, the best first'), ...problems },
})

const mergeRoute = defineRoute({
  access: { action: 'change', object: 'incident' },
  method: 'post',
  path: '/incidents/{street}/{number}/merge',
  tags: ['incidents'],
  summary: 'Merges an incident into another one of its sub-district, which takes over its parties and its clock',
  request: {
    params: Params,
    query: z.strictObject({}),
    ...jsonBody(z.strictObject({ ...ofCase, into: z.string().min(1).max(64) })),
  },
  responses: { 200: json(Taken, 'The merged incident'), ...problems },
})

const unmergeRoute = defineRoute({
  access: { action: 'change', object: 'incident' },
  method: 'post',
  path: '/incidents/{street}/{number}/unmerge',
  tags: ['incidents'],
  summary: 'Undoes a merge: the incident goes on where it stood',
  request: { params: Params, query: z.strictObject({}), ...jsonBody(z.strictObject(ofCase)) },
  responses: { 200: json(Taken, 'The incident as it was before'), ...problems },
})

const partiesRoute = defineRoute({
  access: { action: 'change', object: 'incident' },
  method: 'get',
  path: '/incidents/{street}/{number}/parties',
  tags: ['incidents'],
  summary: 'The parties of an incident, masked as the role has to see them',
  request: { params: Params, query: z.strictObject({}) },
  responses: { 200: json(z.object({ parties: z.array(IncidentParty) }), 'In the order of their entry'), ...problems },
})

const addPartyRoute = defineRoute({
  access: { action: 'change', object: 'incident' },
  method: 'post',
  path: '/incidents/{street}/{number}/parties',
  tags: ['incidents'],
  summary: 'Enters a party of an incident',
  request: {
    params: Params,
    query: z.strictObject({}),
    ...jsonBody(z.strictObject({ sequence: z.int().min(0), party: NewParty })),
  },
  responses: { 201: json(Taken.extend({ party: z.string() }), 'The party, by its name in the log'), ...problems },
})

const revealRoute = defineRoute({
  access: { action: 'reveal', object: 'incident' },
  method: 'post',
  path: '/incidents/{street}/{number}/parties/{party}/reveal',
  tags: ['incidents'],
  summary: 'Name and number of a party, for a reason that is recorded',
  request: {
    params: Params.extend({ party: z.string().min(1).max(40) }),
    query: z.strictObject({}),
    ...jsonBody(z.strictObject({ reason: z.string().trim().min(2).max(200) })),
  },
  responses: { 200: json(z.object({ name: z.string(), phone: z.string() }), 'As they were entered'), ...problems },
})

const logCountsRoute = defineRoute({
  access: { action: 'count', object: 'incident' },
  method: 'get',
  path: '/log/{street}/counts',
  tags: ['incidents'],
  summary: 'How many incidents stood in which status at an instant, from the log alone',
  request: {
    params: z.strictObject({ street: Params.shape.street }),
    query: z.strictObject({ asOf: AsOf }),
  },
  responses: {
    200: json(
      z.object({ asOf: Instant, statuses: z.array(z.object({ status: IncidentStatus, incidents: z.int() })) }),
      'By status',
    ),
    ...problems,
  },
})

export function workflowRoutes(database: Database, readFrom: ReadSource, now: () => Date) {
  const router = createRouter()
  for (const path of ['steps', 'merge', 'unmerge', 'parties', 'parties/*'])
    router.use(`/incidents/:street/:number/${path}`, limitBody())
  const loops = router.openapi(loopRoute, async (c) => {
    const { street, number } = c.req.valid('param')
    const { asOf } = c.req.valid('query')
    return c.json(
      await getLoop(readFrom, actorOf(c), street, number, now(), asOf === undefined ? undefined : new Date(asOf)),
      200,
      fresh,
    )
  })
  const related = loops
    .openapi(proposalsRoute, async (c) => {
      const { street, number } = c.req.valid('param')
      return c.json(await proposeUnits(readFrom, actorOf(c), street, number, now()), 200, fresh)
    })
    .openapi(mergeRoute, async (c) => {
      const { into, ...asked } = c.req.valid('json')
      const merged = { ...c.req.valid('param'), into }
      return c.json(await mergeIncident(database, actorOf(c), merged, asked, now()), 200, fresh)
    })
    .openapi(unmergeRoute, async (c) => {
      const asked = c.req.valid('json')
      return c.json(await unmergeIncident(database, actorOf(c), c.req.valid('param'), asked, now()), 200, fresh)
    })
    .openapi(partiesRoute, async (c) => {
      const parties = await listParties(readFrom, actorOf(c), c.req.valid('param'))
      return c.json({ parties }, 200, fresh)
    })
    .openapi(addPartyRoute, async (c) => {
      const asked = c.req.valid('json')
      return c.json(await addParty(database, actorOf(c), c.req.valid('param'), asked, now()), 201, fresh)
    })
    .openapi(revealRoute, async (c) => {
      const { party, ...asked } = c.req.valid('param')
      const { reason } = c.req.valid('json')
      return c.json(await revealParty(database, actorOf(c), asked, { party, reason }), 200, fresh)
    })
  const counted = related.openapi(logCountsRoute, async (c) => {
    const asOf = new Date(c.req.valid('query').asOf ?? now())
    const { street } = c.req.valid('param')
    const statuses = await countAsOf(readFrom, actorOf(c).scope, street, asOf)
    return c.json({ asOf: asOf.toISOString(), statuses }, 200, fresh)
  })
  return counted.openapi(stepRoute, async (c) => {
    const { street, number } = c.req.valid('param')
    const { sequence, action, content, opinion } = c.req.valid('json')
    const schema: z.ZodType = stepContents[action]
    const { success, error } = schema.safeParse(content)
    if (!success) {
      const field = error.issues[0]?.path.join('.') ?? ''
      throw new ProblemError(
        'bad_parameter',
        { zh: `办理内容有误：${field}`, en: `The content of the step does not fit: ${field}` },
        { parameter: 'content', remedy: { zh: '请核对必填内容', en: 'Check what the step needs' } },
      )
    }
    const asked = { sequence, opinion, content: contentOf(action, content) }
    return c.json(await takeStep(database, actorOf(c), street, number, asked, now()), 200, fresh)
  })
}
