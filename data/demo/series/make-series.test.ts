import { createHash } from 'node:crypto'
import { channelOriginOf } from '@minqing/data/domain/channel'
import { Incident } from '@minqing/data/domain/incident'
import { beforeAll, describe, expect, test } from 'vitest'
import { z } from 'zod'
import { makeStreet } from '../street.ts'
import type { DemoStreet } from '../street.ts'
import { dayLength, homeDayNumber } from '../../domain/local-time.ts'
import { hourOf, weekdayOf, hourWeights } from './calendar.ts'
import { incidentAt, scriptedIncidents } from './make-series.ts'
import type { ScriptedIncident } from './make-series.ts'

const to = Date.parse('2026-11-21T20:00:00+08:00')
const from = Date.parse('2025-05-21T00:00:00+08:00')
const first = Date.parse('2024-03-01T00:00:00+08:00')

let street: DemoStreet
/** 33 months, of which the last 18 are what a start at `to` shows. */
let long: ScriptedIncident[]
let incidents: ScriptedIncident[]
beforeAll(() => {
  street = makeStreet(1, 2026)
  long = [...scriptedIncidents(street, first, to)]
  incidents = long.filter(({ incident }) => Date.parse(incident.reportedAt) >= from)
}, 120_000)

const reported = ({ incident }: ScriptedIncident) => Date.parse(incident.reportedAt)

test('18 months hold about 9,000 incidents, whenever they end', () => {
  for (const end of [to, to - 200 * dayLength, to - 400 * dayLength]) {
    const count = long.filter((one) => reported(one) >= end - 548 * dayLength && reported(one) < end).length
    expect(count).toBeGreaterThan(8550)
    expect(count).toBeLessThan(9450)
  }
})

/** All of the demo's positions are measured. */
const positionQuality = { positionSource: true, positionCertainty: true } as const

test('all types and channels occur, and every row is an incident', () => {
  const now = incidents.map((one) => incidentAt(one, to).incident)
  expect(
    z
      .array(Incident.omit({ ...positionQuality, happenedUntil: true }))
      .safeParse(now)
      .error?.issues.slice(0, 3),
  ).toBeUndefined()
  expect(new Set(now.map(({ type }) => type)).size).toBe(27)
  expect(new Set(now.map(({ channel }) => channel)).size).toBe(17)
  expect(new Set(now.map(({ number }) => number)).size).toBe(now.length)
})

test('residents report incidents and workers discover others, of most types both', () => {
  const discovered = incidents.filter(({ incident }) => channelOriginOf[incident.channel] === 'discovered')
  expect(discovered.length / incidents.length).toBeGreaterThan(0.25)
  expect(discovered.length / incidents.length).toBeLessThan(0.6)
  const types = new Set(discovered.map(({ incident }) => incident.type))
  const both = incidents.filter(
    ({ incident }) => channelOriginOf[incident.channel] === 'reported' && types.has(incident.type),
  )
  expect(new Set(both.map(({ incident }) => incident.type)).size).toBeGreaterThan(15)
})

test('the model makes what it always made: where this fails on purpose, raise `demoModel`', () => {
  const digest = createHash('sha256').update(JSON.stringify([...scriptedIncidents(street, from, to)]))
  expect(digest.digest('hex').slice(0, 16)).toBe('e77c5232bae80fce')
})

test('the last hours are not empty', () => {
  expect(incidents.filter((one) => reported(one) > to - 6 * 3_600_000).length).toBeGreaterThan(0)
})

describe('words', () => {
  test('no two titles of any 18 months are equal, and no two texts', () => {
    const last = new Map<string, number>()
    const repeated = long.filter((one) => {
      const before = last.get(one.incident.title)
      last.set(one.incident.title, reported(one))
      return before !== undefined && reported(one) - before < 548 * dayLength
    })
    expect(repeated.map(({ incident }) => incident.title)).toEqual([])
    expect(new Set(incidents.map(({ incident }) => incident.text)).size).toBe(incidents.length)
  })

  test('nothing is left open, and nobody is named or numbered', () => {
    for (const { incident, life } of incidents) {
      const words = `${incident.title}${incident.text}${life.map(({ opinion }) => opinion).join('')}`
      expect(words).not.toMatch(/[{}|@]|undefined|\d{7,}|，，|。。/)
      expect(incident.title.length).toBeLessThan(70)
    }
  })
})

describe('rhythm', () => {
  const share = (list: ScriptedIncident[], wanted: (instant: number) => boolean) =>
    list.filter((one) => wanted(reported(one))).length / list.length

  test('incidents come up at the hours of their type', () => {
    const noise = incidents.filter(({ incident }) => incident.type === 'D02')
    const offices = incidents.filter(({ incident }) => incident.type === 'E08')
    const night = (weights: number[]) => [20, 21, 22, 23].reduce((sum, hour) => sum + (weights[hour] as number), 0)
    const late = (instant: number) => hourOf(instant) >= 20
    expect(Math.abs(share(noise, late) - night(hourWeights.night))).toBeLessThan(0.05)
    expect(Math.abs(share(offices, late) - night(hourWeights.office))).toBeLessThan(0.04)
  })

  test('offices rest on Sundays, streets do not', () => {
    const sunday = (instant: number) => weekdayOf(homeDayNumber(instant)) === 0
    const background = incidents.filter(({ origin }) => origin === 'background')
    expect(
      share(
        background.filter(({ incident }) => incident.type === 'E08'),
        sunday,
      ),
    ).toBeLessThan(0.12)
    expect(
      share(
        background.filter(({ incident }) => incident.type === 'E05'),
        sunday,
      ),
    ).toBeGreaterThan(0.14)
  })

  test('counters receive nobody at night', () => {
    const counters = incidents.filter(({ incident }) => incident.channel === 'walk_in')
    expect(counters.length).toBeGreaterThan(300)
    expect(share(counters, (instant) => hourOf(instant) < 8 || hourOf(instant) >= 18)).toBe(0)
  })
})

test('what is carried on is what would have been made at once', () => {
  const middle = Date.parse('2026-10-05T11:17:00+08:00')
  const later = [
    ...scriptedIncidents(street, middle - 30 * dayLength, middle),
    ...scriptedIncidents(street, middle, to),
  ]
  expect(later).toEqual(incidents.filter((one) => reported(one) >= middle - 30 * dayLength))
})

test('another seed makes other incidents', () => {
  const [other] = scriptedIncidents(makeStreet(2, 2026), from, from + 3 * dayLength)
  expect(other?.incident.title).not.toBe(incidents[0]?.incident.title)
}, 120_000)
