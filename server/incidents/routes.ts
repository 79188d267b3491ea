import { StreetCode } from '@minqing/data/domain/area-code'
import { IncidentStep, Incident } from '@minqing/data/domain/incident'
import { numericColumnNames } from '@minqing/data/domain/incident-columns'
import { z } from 'zod'
import { AsOfParameters, asOfText, filterRemedies, readsSteps, toIncidentFilter } from './parameters.ts'
import { AsOf, knownAt } from '../http/parameters.ts'
import { scopeOf } from '../http/resolve-actor.ts'
import { LargeAnswers } from '../http/large-answers.ts'
import { json, media, notModified, problems } from '../http/responses.ts'
import { defineRoute } from '../http/route-access.ts'
import { createRouter } from '../http/router.ts'
import { type Reading, versionedAnswer } from '../http/versioned-answer.ts'
import type { ReadSource } from '../store/scope.ts'
import { encodeColumns, readColumns } from './columns.ts'
import { getIncident, getIncidentAsOf } from './get-incident.ts'

/** Milliseconds: a browser takes up to a million rows, some seconds' work that a busy machine makes many. */
const columnsTimeout = 90_000
/**
 * Up to 45 MB each. A page asks for one, and waits as long as for a connection; a client that does not read its answers
 * leaves others half.
 */
const columnsLimits = { slots: 6, perClient: 3, queue: 40, wait: 10_000 }

const columnsRoute = defineRoute({
  access: { action: 'read', object: 'incident' },
  method: 'get',
  path: '/incidents/columns',
  tags: ['incidents'],
  summary: 'The filtered incidents as columns: an Arrow IPC stream, oldest report first',
  description: asOfText,
  request: { query: AsOfParameters },
  responses: {
    200: media('application/vnd.apache.arrow.stream', [...numericColumnNames, 'grid', 'street', 'number'].join(', ')),
    ...notModified,
    ...problems,
  },
})

const incidentRoute = defineRoute({
  access: { action: 'read', object: 'incident' },
  method: 'get',
  path: '/incidents/{street}/{number}',
  tags: ['incidents'],
  summary: 'One incident with its steps',
  description: 'With `asOf` its state and steps as they were known at that instant, by the log of its steps.',
  request: {
    params: z.strictObject({ street: StreetCode, number: z.string().min(1).max(64) }),
    query: z.strictObject({ asOf: AsOf }),
  },
  responses: {
    200: json(Incident.extend({ steps: z.array(IncidentStep) }), 'The incident'),
    ...notModified,
    ...problems,
  },
})

/** @param dependencies with where columns are read: they are most of what a server sends. */
export function incidentRoutes(dependencies: Reading & { columnsFrom: ReadSource; now: () => Date }) {
  const large = new LargeAnswers(columnsLimits)
  return createRouter(filterRemedies)
    .openapi(columnsRoute, (c) => {
      const { asOf, ...query } = c.req.valid('query')
      const filter = toIncidentFilter(query)
      const known = asOf === undefined ? undefined : knownAt(asOf, dependencies.now())
      const role = asOf === undefined ? {} : readsSteps
      const reading = { ...dependencies, ...role, readFrom: dependencies.columnsFrom, timeout: columnsTimeout }
      const answer = () =>
        versionedAnswer(c, reading, ['incidents'], async (transaction) => {
          const bytes = encodeColumns(await readColumns(transaction, filter, { asOf: known }))
          return new Response(new Uint8Array(bytes), {
            headers: { 'content-type': 'application/vnd.apache.arrow.stream' },
          })
        })
      return large.answer(answer)
    })
    .openapi(incidentRoute, (c) => {
      const { street, number } = c.req.valid('param')
      const { asOf } = c.req.valid('query')
      return versionedAnswer(c, dependencies, ['incidents'], async (transaction) => {
        if (asOf === undefined) return c.json(await getIncident(transaction, street, number), 200)
        const known = knownAt(asOf, dependencies.now())
        return c.json(await getIncidentAsOf(transaction, scopeOf(c), { street, number }, known), 200)
      })
    })
}
