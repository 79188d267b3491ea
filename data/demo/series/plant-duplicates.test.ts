import { expect, test } from 'vitest'
import { dayLength } from '../../domain/local-time.ts'
import { makeStreet } from '../street.ts'
import { scriptedIncidents } from './make-series.ts'
import { plantDuplicates } from './plant-duplicates.ts'

const to = Date.parse('2026-11-23T00:00:00+08:00')
const street = makeStreet(21, 2026)
const scripted = [...scriptedIncidents(street, to - 180 * dayLength, to)]
const plant = (seed: number) => plantDuplicates(street, scripted, seed)

test('a small share of the cases is reported again, by another channel and in other words', () => {
  const before = JSON.stringify(scripted)
  const { cases, pairs, lookAlikes } = plant(21)
  expect(JSON.stringify(scripted)).toBe(before)
  const numbered = new Map(cases.map((one) => [one.number, one]))
  expect(numbered.size).toBe(cases.length)
  for (const { incident } of scripted) expect(numbered.has(incident.number)).toBe(true)
  const again = cases.length - scripted.length - lookAlikes.length
  expect(again / scripted.length).toBeGreaterThan(0.02)
  expect(again / scripted.length).toBeLessThan(0.05)
  const titles = pairs.map(([earlier, later]) => {
    const [a, b] = [numbered.get(earlier)!, numbered.get(later)!]
    expect(Date.parse(b.reportedAt) - Date.parse(a.reportedAt)).toBeGreaterThanOrEqual(0)
    expect(Date.parse(b.reportedAt) - Date.parse(a.reportedAt)).toBeLessThan(15 * dayLength)
    expect(Date.parse(b.happenedAt)).toBeLessThanOrEqual(Date.parse(b.reportedAt))
    expect(b.text).not.toBe(a.text)
    return a.title === b.title
  })
  expect(titles.filter(Boolean).length / titles.length).toBeLessThan(0.1)
  const originals = pairs.filter(([earlier]) => !earlier.includes('P'))
  for (const [earlier, later] of originals)
    expect(numbered.get(later)!.channel).not.toBe(numbered.get(earlier)!.channel)
  const types = originals.filter(([a, b]) => numbered.get(a)!.type !== numbered.get(b)!.type)
  expect(types.length / originals.length).toBeGreaterThan(0.08)
  expect(types.length / originals.length).toBeLessThan(0.3)
})

test('look-alikes are other cases of the same building, and no pair is both', () => {
  const { cases, pairs, lookAlikes } = plant(21)
  const numbered = new Map(cases.map((one) => [one.number, one]))
  expect(lookAlikes.length).toBeGreaterThan(20)
  const planted = new Set(pairs.flat())
  for (const [earlier, later] of lookAlikes) {
    expect(planted.has(later)).toBe(false)
    expect(numbered.get(later)!.title).not.toBe(numbered.get(earlier)!.title)
  }
})

test('the same seed plants the same', () => {
  expect(plant(21)).toEqual(plant(21))
  expect(plant(22).pairs).not.toEqual(plant(21).pairs)
})
