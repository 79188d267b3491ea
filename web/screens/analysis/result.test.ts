import type { UnitResult } from '@minqing/data/domain/analysis'
import { expect, test } from 'vitest'
import type { AnalysisResult } from '../../api/analyses.ts'
import { breaksOf, histogramOf, ranked, selectedWith } from './result.ts'
import { overlayFeatures } from './overlay.ts'

const outline = { type: 'Polygon' as const, coordinates: [] }

function unit(code: string, incidents: number, z: number | null, own: number, spot: number | null): UnitResult {
  const value = incidents
  return {
    code,
    name: code,
    incidents,
    households: null,
    hectares: 1,
    expected: 4,
    value,
    z,
    p: z,
    q: z,
    class: own,
    spot,
  }
}

const units = [
  unit('a', 3, 0.2, 0, null),
  unit('b', 31, 4, 3, 1),
  unit('c', 18, 2.6, 2, 1),
  unit('d', 0, null, 0, null),
]
const result: AnalysisResult = {
  type: 'FeatureCollection',
  features: units.map((properties) => ({ type: 'Feature', geometry: outline, properties })),
  analysis: {
    id: 'x',
    question: { method: 'hot-spots', filter: {}, counted: 'reported', basis: 'cases', unit: 'grid' },
    chosen: [{ name: 'measure', value: 'count', because: 'no-households' }],
    data: {},
    version: 'test',
    incidents: 52,
    withoutUnit: 0,
    units: 4,
    islands: 1,
  },
}

test('map, table and histogram hold the same units with the same classes', () => {
  const drawn = overlayFeatures(result, breaksOf(result), 'significance').features.map(({ properties }) => [
    properties?.code,
    properties?.class,
  ])
  const listed = ranked(result).map((own) => [own.code, own.class])
  const byCode = (a: unknown[], b: unknown[]) => (String(a[0]) < String(b[0]) ? -1 : 1)
  expect(drawn.toSorted(byCode)).toEqual(listed.toSorted(byCode))
  const bars = histogramOf(result)
  expect(bars.reduce((sum, { count }) => sum + count, 0)).toBe(4)
  expect(bars.reduce((sum, { hot }) => sum + hot, 0)).toBe(2)
})

test('the highest z comes first, what nothing can be said of last', () => {
  expect(ranked(result).map(({ code }) => code)).toEqual(['b', 'c', 'a', 'd'])
})

test('units of a scan are in the order of their circles, and of more incidents than expected within one', () => {
  const ratios = [2, 9, 9, null]
  const scanned = units.map((own, index) => ({ ...own, z: null, logLikelihoodRatio: ratios[index] ?? null }))
  const features = scanned.map((properties) => ({ type: 'Feature' as const, geometry: outline, properties }))
  expect(ranked({ ...result, features }).map(({ code }) => code)).toEqual(['b', 'c', 'a', 'd'])
})

test('with a unit of a hot spot all units of it are selected, with another one that one', () => {
  expect(selectedWith(result, 'c').map(({ code }) => code)).toEqual(['b', 'c'])
  expect(selectedWith(result, 'a').map(({ code }) => code)).toEqual(['a'])
  expect(selectedWith(result, 'z')).toEqual([])
})

test('the steps of the map are the classes of the legend', () => {
  const breaks = breaksOf(result)
  expect(overlayFeatures(result, breaks, 'value').features.map(({ properties }) => properties?.step)).toEqual(
    units.map(({ value }) => breaks.filter((low) => (value ?? 0) >= low).length - 1),
  )
})

test('of a density the classes are drawn by value and the spots by significance; the table has the spots', () => {
  const bands = [2, 4].map((from, index) => ({
    ...unit(`D${index}`, 10, null, 0, null),
    value: from,
    band: { from, to: index === 0 ? 4 : null },
  }))
  const properties = [...bands, unit('E1', 8, 5, 3, 1)]
  const drawn: AnalysisResult = {
    ...result,
    features: properties.map((own) => ({ type: 'Feature', geometry: outline, properties: own })),
    analysis: { ...result.analysis, question: { ...result.analysis.question, method: 'density', unit: 'point' } },
  }
  const breaks = breaksOf(drawn)
  expect(breaks).toEqual([2, 4])
  const shown = (show: 'value' | 'significance') =>
    overlayFeatures(drawn, breaks, show).features.map((feature) => [feature.properties?.code, feature.properties?.step])
  expect(shown('value')).toEqual([
    ['D0', 0],
    ['D1', 1],
    ['E1', -1],
  ])
  expect(shown('significance')).toEqual([['E1', -1]])
  expect(ranked(drawn).map(({ code }) => code)).toEqual(['E1'])
})
