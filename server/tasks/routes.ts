import { z } from '@hono/zod-openapi'
import { AreaCode } from '@minqing/data/domain/area-code'
import { IncidentStatus } from '@minqing/data/domain/incident-status'
import { Supervision, SupervisionList } from '@minqing/data/domain/supervision'
import { TaskClock, TaskList } from '@minqing/data/domain/task'
import { commaSeparated, parameter } from '../http/parameters.ts'
import { actorOf } from '../http/resolve-actor.ts'
import { json, problems } from '../http/responses.ts'
import { defineRoute } from '../http/route-access.ts'
import { createRouter } from '../http/router.ts'
import type { ReadSource } from '../store/scope.ts'
import { listSupervision } from './list-supervision.ts'
import { listTasks } from './list-tasks.ts'

const fresh = { 'cache-control': 'no-store' }
const area = parameter(AreaCode, '990101001').optional()
const page = {
  limit: z.coerce.number().int().min(1).max(500).default(100),
  offset: z.coerce.number().int().min(0).max(100_000).default(0),
}

const tasksRoute = defineRoute({
  access: { action: 'read', object: 'incident' },
  method: 'get',
  path: '/tasks',
  tags: ['incidents'],
  summary: 'What has to be done in a sub-district or a part of it, the most urgent first',
  description:
    'Open incidents and those that are followed up, with the clock that ends first. Without an area, that of who asks. `mine`: what waits for who asks in their role.',
  request: {
    query: z.strictObject({
      area,
      status: commaSeparated(IncidentStatus, '10,20').default([]),
      clock: TaskClock.optional(),
      mine: z.enum(['0', '1']).default('0'),
      ...page,
    }),
  },
  responses: { 200: json(TaskList, 'Counts by status and clock, and the tasks'), ...problems },
})

const supervisionRoute = defineRoute({
  access: { action: 'read', object: 'incident' },
  method: 'get',
  path: '/supervision',
  tags: ['incidents'],
  summary: 'Incidents that were not accepted, not handled, or not handled as required, with the reasons',
  request: { query: z.strictObject({ area, list: SupervisionList.optional(), ...page }) },
  responses: { 200: json(Supervision, 'How many are on each list, and the incidents of one or of all'), ...problems },
})

const remedies = {
  clock: { zh: '可选：overdue、soon、today', en: 'One of: overdue, soon, today' },
  mine: { zh: '可选：0、1', en: 'One of: 0, 1' },
  list: { zh: '可选：unaccepted、unhandled、irregular', en: 'One of: unaccepted, unhandled, irregular' },
}

export function taskRoutes(readFrom: ReadSource, now: () => Date) {
  return createRouter(remedies)
    .openapi(tasksRoute, async (c) => {
      const { area: own, status, clock, mine, limit, offset } = c.req.valid('query')
      const question = { area: own, statuses: status, clock, isMine: mine === '1', limit, offset }
      return c.json(await listTasks(readFrom, actorOf(c), question, now()), 200, fresh)
    })
    .openapi(supervisionRoute, async (c) => {
      const { area: own, list, limit, offset } = c.req.valid('query')
      return c.json(await listSupervision(readFrom, actorOf(c), { area: own, list, limit, offset }, now()), 200, fresh)
    })
}
