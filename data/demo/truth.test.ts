import { beforeAll, expect, test } from 'vitest'
import { distance } from '../geo/plane.ts'
import { toPlane } from './plan/frame.ts'
import { scriptedIncidents } from './series/make-series.ts'
import type { ScriptedIncident } from './series/make-series.ts'
import { makeStreet } from './street.ts'
import { truthOf } from './truth.ts'
import type { DemoTruth, PlantedTruth } from './truth.ts'

const to = Date.parse('2026-11-21T20:00:00+08:00')
const from = Date.parse('2025-05-21T00:00:00+08:00')
let incidents: ScriptedIncident[]
let truth: DemoTruth
beforeAll(() => {
  const street = makeStreet(1, 2026)
  incidents = [...scriptedIncidents(street, from, to)]
  truth = truthOf(street, from, to)
}, 120_000)

/** What anybody can count who has the incidents and the truth, but not who planted them. */
function countInside(planted: PlantedTruth): number {
  const middle = toPlane(planted.center.lon, planted.center.lat)
  return incidents.filter(({ incident }) => {
    if (incident.position === null || !planted.types.includes(incident.type)) return false
    if (incident.reportedAt < planted.from || incident.reportedAt >= planted.to) return false
    return distance(toPlane(incident.position.lon, incident.position.lat), middle) <= planted.radius
  }).length
}

test('five to seven clusters lie in 18 months, apart from each other', () => {
  expect(truth.clusters.length).toBeGreaterThanOrEqual(5)
  expect(truth.clusters.length).toBeLessThanOrEqual(7)
  const middles = truth.clusters.map(({ center }) => toPlane(center.lon, center.lat))
  for (const [i, a] of middles.entries())
    for (const b of middles.slice(i + 1)) expect(distance(a, b)).toBeGreaterThan(250)
})

test('what was planted is really there, far above what was to be expected', () => {
  for (const cluster of truth.clusters) {
    const inside = countInside(cluster)
    expect(inside, cluster.name).toBeGreaterThanOrEqual(cluster.planted)
    expect(inside, cluster.name).toBeLessThan(cluster.planted + cluster.expected * 3 + 25)
    expect(cluster.planted, cluster.name).toBeGreaterThan(cluster.expected * 10)
  }
})

test('projects raise the rate where and while they last', () => {
  expect(truth.projects.some(({ kind }) => kind === 'lift')).toBe(true)
  expect(truth.projects.some(({ kind }) => kind === 'redevelopment')).toBe(true)
  for (const project of truth.projects) expect(countInside(project), project.id).toBeGreaterThanOrEqual(project.planted)
})

test('away from bursts the counts are those of the base rates', () => {
  const background = incidents.filter(({ origin }) => origin === 'background')
  expect(background.length / incidents.length).toBeGreaterThan(0.75)
  const repeats = incidents.filter(({ origin }) => origin === 'near_repeat').length
  expect(repeats / background.length).toBeGreaterThan(0.05)
  expect(repeats / background.length).toBeLessThan(0.11)
})
