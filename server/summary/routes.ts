import { IncidentSummary } from '@minqing/data/domain/summary'
import { scopeOf } from '../http/resolve-actor.ts'
import { knownAt } from '../http/parameters.ts'
import { AsOfParameters, asOfText, filterRemedies, readsSteps, toIncidentFilter } from '../incidents/parameters.ts'
import { json, notModified, problems } from '../http/responses.ts'
import { defineRoute } from '../http/route-access.ts'
import { createRouter } from '../http/router.ts'
import { type Reading, versionedAnswer } from '../http/versioned-answer.ts'
import type { CountSource } from '../counts/cell-cache.ts'
import { getSummary } from './get-summary.ts'

const route = defineRoute({
  access: { action: 'count', object: 'incident' },
  method: 'get',
  path: '/summary',
  tags: ['incidents'],
  summary: 'Counts of the filtered incidents by type, channel, status, risk, month, hour and area',
  description: asOfText,
  request: { query: AsOfParameters },
  responses: { 200: json(IncidentSummary, 'The counts'), ...notModified, ...problems },
})

export function summaryRoutes(dependencies: Reading & Pick<CountSource, 'cells'> & { now: () => Date }) {
  return createRouter(filterRemedies).openapi(route, (c) => {
    const { asOf, ...query } = c.req.valid('query')
    const filter = toIncidentFilter(query)
    const now = dependencies.now()
    // What is overdue changes by the minute, without a write.
    const minute = now.toISOString().slice(0, 16)
    const known = asOf === undefined ? undefined : knownAt(asOf, now)
    const source = { scope: scopeOf(c), cells: dependencies.cells }
    return versionedAnswer(
      c,
      { ...dependencies, ...(known === undefined ? {} : readsSteps) },
      ['areas', 'incidents'],
      async (transaction) => c.json(await getSummary(transaction, filter, now, source, known), 200),
      [minute],
    )
  })
}
