import { readFileSync } from 'node:fs'
import { expect, test, type TestContext } from 'vitest'
import { poissonModel, expectedOfAreas } from '../../data/stats/scan-model.ts'
import { scanSignificance } from '../../data/stats/scan-significance.ts'
import { findClusters, replicateMaxima } from '../../data/stats/scan-statistic.ts'
import { scanWindows, type ScanPlaces } from '../../data/stats/scan-windows.ts'
import { testFiles } from './test-data.ts'

/** A cluster as SaTScan 9.6 printed it, with the digits that it prints. */
type Printed = {
  figures: {
    areas: number[]
    radius: string
    population: number
    cases: number
    expected: string
    relativeRisk: string
    ratio: string
  }
  p: number
}

function printedClusters(text: string): Printed[] {
  const sections = text.split(/^\d+\.Location IDs included\.: /m).slice(1)
  return sections.map((section) => {
    const field = (name: string) => new RegExp(`${name}\\.*: (\\S+)`).exec(section)![1]!
    const figures = {
      areas: section.slice(0, section.indexOf('Overlap')).split(',').map(Number),
      radius: /radius\.\.: \(.*\) \/ (\S+)/.exec(section)![1]!,
      population: Number(field('Population')),
      cases: Number(field('Number of cases')),
      expected: field('Expected cases'),
      relativeRisk: field('Relative risk'),
      ratio: field('Log likelihood ratio'),
    }
    return { figures, p: Number(field('P-value')) }
  })
}

function newYork(context: TestContext) {
  const read = (name: string) => readFileSync(testFiles(context, `stats/satscan-nys/${name}`)[0]!, 'utf8')
  const column = (name: string, index: number) =>
    read(name)
      .trim()
      .split('\n')
      .map((line) => Number(line.split(' ')[index]))
  const people = Float64Array.from(column('satscan_ny_pop.txt', 2))
  const model = poissonModel(Uint32Array.from(column('satscan_ny_cases.txt', 1)), people)
  const places: ScanPlaces = {
    x: Float64Array.from(column('satscan_ny_coords.txt', 2)),
    y: Float64Array.from(column('satscan_ny_coords.txt', 1)),
    coordinates: 'cartesian',
  }
  const windows = scanWindows(places, expectedOfAreas(model), { share: 0.5 })
  return { model, people, windows, printed: printedClusters(read('scan_test_ny_poisson_circular_cartesian.txt')) }
}

test('leukaemia in New York: the clusters of SaTScan, area by area', (context) => {
  const { model, people, windows, printed } = newYork(context)
  expect(printed).toHaveLength(6)
  const found = findClusters(model, windows)
  const maxima = replicateMaxima(model, windows, { seed: 1, from: 0, to: 999 })
  const significance = scanSignificance(
    found.map(({ logLikelihoodRatio }) => logLikelihoodRatio),
    maxima,
  )
  // SaTScan lists those that at least one replication does not exceed.
  const listed = found.filter((_, i) => significance[i]!.rank <= maxima.length)
  const asPrinted = listed.map((cluster) => ({
    areas: [...cluster.areas].map((area) => area + 1),
    radius: cluster.radius.toPrecision(2),
    population: cluster.areas.reduce((sum, area) => sum + people[area]!, 0),
    cases: cluster.cases,
    expected: cluster.expected.toFixed(2),
    relativeRisk: cluster.relativeRisk.toFixed(2),
    ratio: cluster.logLikelihoodRatio.toFixed(6),
  }))
  expect(asPrinted.slice(0, printed.length)).toEqual(printed.map((cluster) => cluster.figures))
  expect(asPrinted[0]!.areas).toHaveLength(28)
  expect(listed).toHaveLength(printed.length)
  for (const [i, { p }] of printed.entries()) {
    // Two runs of 999 replications differ by chance; SaTScan printed Gumbel's p where it is small.
    expect(Math.abs(significance[i]!.p - p)).toBeLessThan(4 * Math.sqrt((2 * p * (1 - p)) / 999) + 0.001)
    expect(Math.abs(significance[i]!.gumbelP - p)).toBeLessThan(4 * Math.sqrt((2 * p * (1 - p)) / 999) + 0.001)
  }
})
