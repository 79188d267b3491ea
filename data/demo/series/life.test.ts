import { beforeAll, expect, test } from 'vitest'
import { makeStreet } from '../street.ts'
import { transitions } from '../../domain/incident-workflow/transitions.ts'
import { dayLength } from '../../domain/local-time.ts'
import { incidentAt, scriptedIncidents } from './make-series.ts'
import type { ScriptedIncident } from './make-series.ts'

const to = Date.parse('2026-11-21T20:00:00+08:00')
let incidents: ScriptedIncident[]
beforeAll(() => {
  incidents = [...scriptedIncidents(makeStreet(1, 2026), to - 300 * dayLength, to)]
}, 120_000)

test('a life begins with the report', () => {
  for (const { incident, life } of incidents)
    expect(life[0]).toMatchObject({ fromStatus: null, toStatus: '10', at: Date.parse(incident.reportedAt) })
})

test('every step is one that the loop allows, later than the one before', () => {
  const faults = incidents.flatMap(({ incident, life }) =>
    life.slice(1).flatMap((step, i) => {
      const before = life[i] as (typeof life)[number]
      const allowed = transitions.some(
        ({ from, to: target }) => from.includes(before.toStatus) && target === step.toStatus,
      )
      const isFault = !allowed || step.fromStatus !== before.toStatus || step.at < before.at
      return isFault ? [`${incident.number}: ${before.toStatus} → ${step.toStatus}`] : []
    }),
  )
  expect(faults).toEqual([])
})

test('every life ends in the archive or is void, within 400 days', () => {
  for (const { life } of incidents) {
    expect(['80', '90']).toContain(life.at(-1)?.toStatus)
    expect((life.at(-1)?.at ?? 0) - (life[0]?.at ?? 0)).toBeLessThan(400 * dayLength)
  }
})

test('what is old is finished, what is new is not, some are late and some are followed up', () => {
  const now = incidents.map((one) => incidentAt(one, to).incident)
  const open = now.filter(({ closedAt }) => closedAt === null)
  const late = open.filter(({ dueAt }) => dueAt !== null && Date.parse(dueAt) < to)
  expect(open.length).toBeGreaterThan(60)
  expect(open.length).toBeLessThan(400)
  expect(late.length).toBeGreaterThan(5)
  expect(late.length).toBeLessThan(open.length / 2)
  expect(now.filter(({ status }) => status === '75').length).toBeGreaterThan(50)
  const old = now.filter(({ reportedAt }) => Date.parse(reportedAt) < to - 150 * dayLength)
  expect(old.filter(({ closedAt }) => closedAt === null).length / old.length).toBeLessThan(0.01)
})

test('an incident looks at an instant as it did then', () => {
  const one = incidents.find(({ life }) => life.length > 7)
  if (one === undefined) throw new Error('no long case')
  const third = one.life[2]?.at ?? 0
  expect(incidentAt(one, third - 1).steps).toHaveLength(2)
  expect(incidentAt(one, third).incident.status).toBe(one.life[2]?.toStatus)
})
