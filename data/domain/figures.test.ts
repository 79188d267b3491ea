import { expect, test } from 'vitest'
import { figureGroups } from './figure-definition.ts'
import { figureChange, figureDefinitions, figureNames, figureOf, figureValue, firstTimes } from './figures.ts'

test('0 of 0 is unknown, never everything; a count is what was counted', () => {
  expect(figureValue('completion', 0, 0, 0).value).toBeNull()
  expect(figureValue('completion', 3, 4, 0).value).toBe(0.75)
  expect(figureValue('overdue', 0, 0, 0).value).toBe(0)
  expect(figureValue('reported', 7, null, 0).value).toBe(7)
  expect(figureValue('criminal', 0, null, 3).value).toBe(0)
})

test('rates change by points, counts relative to what they were', () => {
  expect(figureChange('completion', 0.9, 0.75)).toBeCloseTo(0.15)
  expect(figureChange('reported', 90, 60)).toBe(0.5)
  expect(figureChange('reported', 5, 0)).toBeNull()
  expect(figureChange('completion', null, 0.5)).toBeNull()
  expect(figureChange('completion', 0.5, null)).toBeNull()
})

test('the median is the middle of the times, or between the two there', () => {
  const median = (...times: number[]) => figureValue('acceptance', 0, times.length, 0, times).median
  expect([median(), median(9), median(100, 9), median(100, 9, 20)]).toEqual([null, 9, 54.5, 20])
})

test('every first time has a limit and is a rate', () => {
  for (const name of firstTimes) expect(figureDefinitions[name]).toMatchObject({ unit: 'rate', time: {} })
  const timed = figureNames.filter((name) => figureOf(name).time !== undefined)
  expect(timed.toSorted()).toEqual(firstTimes.toSorted())
})

test('every rate has a denominator, and every figure a group and a sentence of its own in both languages', () => {
  const all = Object.values(figureDefinitions)
  expect(all.filter(({ unit, denominator }) => unit === 'rate' && denominator === null)).toEqual([])
  for (const language of ['zh', 'en'] as const) {
    expect(new Set(all.map(({ cohort }) => cohort[language])).size).toBe(figureNames.length)
    expect(new Set(all.map(({ label }) => label[language])).size).toBe(figureNames.length)
  }
  expect(new Set(all.map(({ group }) => group))).toEqual(new Set(figureGroups))
})
