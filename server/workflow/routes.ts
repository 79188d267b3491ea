import { z } from '@hono/zod-openapi'
import { StreetCode } from '@minqing/data/domain/area-code'
import { IncidentStatus } from '@minqing/data/domain/incident-status'
import { LoopState } from '@minqing/data/domain/incident-workflow/loop-state'
import { StepAction, stepActions, stepContents } from '@minqing/data/domain/incident-workflow/step-actions'
import { ProblemError } from '@minqing/data/domain/problem'
import { parameter } from '../http/parameters.ts'
import { actorOf } from '../http/resolve-actor.ts'
import { json, problems } from '../http/responses.ts'
import { defineRoute } from '../http/route-access.ts'
import { createRouter } from '../http/router.ts'
import { jsonBody, limitBody } from '../http/small-body.ts'
import type { Database } from '../store/connect.ts'
import type { ReadSource } from '../store/scope.ts'
import { getLoop } from './get-loop.ts'
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
    200: json(z.object({ sequence: z.int(), position: z.int(), status: IncidentStatus }), 'The step as it was taken'),
    ...problems,
  },
})

const loopRoute = defineRoute({
  access: { action: 'change', object: 'incident' },
  method: 'get',
  path: '/incidents/{street}/{number}/loop',
  tags: ['incidents'],
  summary: 'Where an incident stands, its clocks, its steps, and those that who asks may take next',
  request: { params: Params, query: z.strictObject({}) },
  responses: { 200: json(LoopState, 'As its log says'), ...problems },
})

export function workflowRoutes(database: Database, readFrom: ReadSource, now: () => Date) {
  const router = createRouter()
  router.use('/incidents/:street/:number/steps', limitBody())
  const loops = router.openapi(loopRoute, async (c) => {
    const { street, number } = c.req.valid('param')
    return c.json(await getLoop(readFrom, actorOf(c), street, number, now()), 200, fresh)
  })
  return loops.openapi(stepRoute, async (c) => {
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
