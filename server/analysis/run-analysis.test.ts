import {
  type AnalysisMethod,
  analysisMethods,
  AnalysisQuestion,
  isReadByPosition,
  readsPositions,
  type UnitResult,
} from '@minqing/data/domain/analysis'
import { globalPatternOf } from '@minqing/data/domain/global-figures'
import { reachOfRepeats } from '@minqing/data/domain/near-repeat'
import { Random } from '@minqing/data/stats/random'
import type { FeatureCollection, Polygon } from 'geojson'
import { expect, test } from 'vitest'
import type { AnalysisInput, Place } from './analysis-input.ts'
import { robustnessOfSpots } from './robustness.ts'
import { runAnalysis } from './run-analysis.ts'

const [west, south, side] = [114, 30, 0.01]

/** Twelve grids of about a square kilometre, four beside each other in three rows. */
const places: Place[] = Array.from({ length: 12 }, (_, index) => {
  const [x, y] = [west + (index % 4) * side, south + Math.floor(index / 4) * side]
  const ring = [
    [x, y],
    [x + side, y],
    [x + side, y + side],
    [x, y + side],
    [x, y],
  ]
  return {
    code: `96010100100100${index}`,
    name: `第${index + 1}网格`,
    households: 500,
    hectares: 107,
    lon: x + side / 2,
    lat: y + side / 2,
    geometry: JSON.stringify({ type: 'Polygon', coordinates: [ring] }),
  }
})

/** Incidents all over the grids, and more of them around one place; `spread` in degrees. */
function positions(planted: number, spread: number, key = 'positions'): Float64Array {
  const random = new Random(key)
  const all = Array.from({ length: 300 }, () => [
    west + random.next() * 4 * side,
    south + random.next() * 3 * side,
  ]).concat(
    Array.from({ length: planted }, () => [random.bell(west + 0.022, spread), random.bell(south + 0.012, spread)]),
  )
  return Float64Array.from(all.flat())
}

/** A day number. */
const monday = 20_001 - ((20_001 + 3) % 7)

/** A year with as many each day, happened as reported; what is planted comes in the last two weeks. */
function daysOf(cells: boolean, planted: number): AnalysisInput['days'] {
  const days = 52 * 7
  const of = (day: Int32Array) => ({ day, happened: day, type: new Int32Array(day.length) })
  if (cells) {
    const day = Int32Array.from({ length: 300 + planted }, (_, index) =>
      index < 300 ? monday + (index % days) : monday + days - 1 - (index % 14),
    )
    return { ...of(day), place: null, count: null }
  }
  const rows = places.flatMap((_, place) => Array.from({ length: days }, (_row, day) => ({ place, day })))
  return {
    ...of(Int32Array.from(rows, ({ day }) => monday + day)),
    place: Int32Array.from(rows, ({ place }) => place),
    count: Uint32Array.from(rows, ({ place, day }) => (place === 6 && day >= days - 14 && planted > 0 ? 5 : 1)),
  }
}

function inputOf(
  question: Partial<AnalysisQuestion> & { method: AnalysisMethod },
  planted = 60,
  spread = 0.0006,
): AnalysisInput {
  const unit = readsPositions(question.method) ? 'point' : question.method === 'warning' ? 'grid' : 'square'
  const asked = AnalysisQuestion.parse({ unit, size: 200, ...question })
  const cells = isReadByPosition(asked.unit)
  return {
    question: asked,
    places,
    counts: cells ? null : Float64Array.from(places, (_, index) => (index === 6 ? 80 : 20 + (index % 3))),
    positions: cells ? positions(planted, spread) : null,
    days: daysOf(cells, planted),
    homes: null,
    withoutUnit: 0,
    // As long, and nothing planted.
    earlier: {
      counts: cells ? null : Float64Array.from(places, (_, index) => 20 + ((index + 1) % 3)),
      positions: cells ? positions(0, spread, 'earlier positions') : null,
      exposure: { now: 365, earlier: 365 },
    },
  }
}

function resultOf(input: AnalysisInput) {
  const { result, units: own, properties } = runAnalysis(input, { id: 'x', data: {}, version: 'test' }, () => {})
  const { bytes, record } = result
  const { features } = JSON.parse(new TextDecoder().decode(bytes)) as FeatureCollection<Polygon, UnitResult>
  const robustness = () => robustnessOfSpots(input, own, properties, () => {})
  return { bytes, record, robustness, features, units: features.map(({ properties }) => properties) }
}

/** Near repeats find no place, and silent areas are no hot spots. */
const placeMethods = analysisMethods.filter((method) => method !== 'near-repeat' && method !== 'silence')

test.each(placeMethods)('%s gives the same bytes again, and finds what is planted and nothing else', (method) => {
  const { bytes, features, record, units } = resultOf(inputOf({ method }))
  expect(Buffer.from(resultOf(inputOf({ method })).bytes).equals(Buffer.from(bytes))).toBe(true)
  // A warning is of areas, and its units have the incidents of its week; not every incident lies in a cluster.
  // Spots of a density lie in its classes.
  const isDensity = method === 'density'
  const inUnits = units
    .filter(({ band }) => !isDensity || band !== undefined)
    .reduce((sum, { incidents }) => sum + incidents, 0)
  const counted = method === 'warning' ? record.incidents : inUnits + (record.outside ?? 0)
  expect(counted).toBe(method === 'warning' ? 312 : 360)
  expect(record).toMatchObject({ incidents: counted, units: features.length })
  const hot = features.filter(({ properties }) => properties.spot !== null)
  expect(hot.length).toBeGreaterThan(0)
  for (const { geometry } of hot) {
    const [lon = 0, lat = 0] = geometry.coordinates[0]?.[0] ?? []
    expect(Math.hypot(lon - west - 0.022, lat - south - 0.012)).toBeLessThan(0.008)
  }
})

test.each(placeMethods)('%s finds nothing where nothing is planted', (method) => {
  const { units } = resultOf(inputOf({ method }, 0))
  // Warnings have a rate of false alarms; the others are controlled over all units.
  const allowed = method === 'warning' ? units.length * 0.02 : 0
  expect(units.filter(({ spot }) => spot !== null).length).toBeLessThanOrEqual(allowed)
})

test('incidents that came close together in two weeks are near repeats, evenly spread ones are not', () => {
  const of = (planted: number) => resultOf(inputOf({ method: 'near-repeat' }, planted))
  const { bytes, record, units } = of(60)
  expect(Buffer.from(of(60).bytes).equals(Buffer.from(bytes))).toBe(true)
  expect([units, record.incidents, record.outside]).toEqual([[], 360, 360])
  expect(reachOfRepeats(record.nearRepeat!)?.metres).toBeGreaterThanOrEqual(100)
  expect(reachOfRepeats(of(0).record.nearRepeat!)).toBeNull()
})

test('near repeats of more pairs than can be gone through are refused', () => {
  const count = 3300
  const day = Int32Array.from({ length: count }, (_, index) => monday + (index % 28))
  const days = { day, happened: day, type: new Int32Array(count), place: null, count: null }
  // All of them at one place: 5,443,350 pairs.
  const at = Float64Array.from({ length: count * 2 }, (_, index) => (index % 2 === 0 ? west : south) + side / 2)
  expect(() => resultOf({ ...inputOf({ method: 'near-repeat' }), positions: at, days })).toThrow('5000000 pairs')
})

test('a cluster of several cells survives most other sizes and hexagons, one within a cell does not; areas have no such figure', () => {
  const robustness = (spread: number, unit: 'square' | 'grid' = 'square') =>
    resultOf(inputOf({ method: 'hot-spots', unit }, 250, spread)).robustness()
  expect(robustness(0.0022)?.[0]).toMatchObject({ spot: 1, badge: 'partial', survived: 3, of: 4 })
  expect(robustness(0.0004)?.[0]).toMatchObject({ spot: 1, badge: 'fragile', of: 4 })
  expect(robustness(0.0022, 'grid')).toBeNull()
})

test('what is left out is chosen, with its reason', () => {
  const chosen = (question: Partial<AnalysisQuestion>) =>
    resultOf(inputOf({ method: 'hot-spots', ...question })).record.chosen.map(({ name, because }) => [name, because])
  expect(chosen({ size: undefined })).toContainEqual(['size', 'two-areas-per-incident'])
  expect(chosen({ unit: 'grid', size: undefined })).toContainEqual(['measure', 'unequal-households'])
  expect(chosen({ reach: 400 })).toContainEqual(['reach', 'asked'])
})

test('expected incidents follow households where rates are compared, and add up', () => {
  const { units } = resultOf(inputOf({ method: 'hot-spots', unit: 'grid', measure: 'rate' }))
  const sum = units.reduce((all, { incidents }) => all + incidents, 0)
  expect(units.reduce((all, { expected }) => all + expected, 0)).toBeCloseTo(sum, 1)
  expect(units.every(({ expected }) => Math.abs(expected - sum / 12) < 0.01)).toBe(true)
})

test.each(['clusters', 'density'] as const)(
  '%s: incidents that follow the households are no spot, on even ground they are',
  (method) => {
    const even = Array.from({ length: 400 }, (_, index) => [
      west + ((index % 20) + 0.5) * 0.002,
      south + (Math.floor(index / 20) + 0.5) * 0.0015,
    ])
    const crowded = Array.from({ length: 40 }, (_, index) => [west + 0.022 + (index - 20) * 0.00006, south + 0.012])
    const all = [...even, ...crowded]
    const households = Float64Array.from(all, (_, index) => (index < even.length ? 10 : 20))
    const homes = { positions: Float64Array.from(all.flat()), households }
    const random = new Random('incidents at homes')
    const tickets = [...even, ...even, ...crowded.flatMap((home) => [home, home, home, home])]
    const incidents = Float64Array.from(Array.from({ length: 360 }, () => random.pick(tickets)).flat())
    const own = (measure?: 'density') => {
      const input = inputOf({ method, measure, ...(method === 'clusters' ? { reach: 150 } : {}) })
      return resultOf({ ...input, positions: incidents, homes })
    }
    const byHomes = own()
    expect(byHomes.record.chosen).toContainEqual({ name: 'measure', value: 'rate', because: 'homes' })
    expect(byHomes.units.filter(({ spot }) => spot !== null)).toEqual([])
    expect(own('density').units.filter(({ spot }) => spot !== null).length).toBeGreaterThan(0)
  },
)

test('a cluster with no households near is not tested, and one beside households is', () => {
  const random = new Random('around')
  const around = (lon: number, lat: number, count: number) =>
    Array.from({ length: count }, () => [random.bell(lon, 0.0003), random.bell(lat, 0.0003)])
  // All of them in the south-west, and the second cluster three kilometres away.
  const homes = around(west + 0.005, south + 0.005, 200)
  const incidents = [...around(west + 0.006, south + 0.006, 40), ...around(west + 0.035, south + 0.025, 60)]
  const input = inputOf({ method: 'clusters', reach: 100 })
  const { units } = resultOf({
    ...input,
    positions: Float64Array.from(incidents.flat()),
    homes: { positions: Float64Array.from(homes.flat()), households: new Float64Array(homes.length).fill(10) },
  })
  const [near, far] = [40, 60].map((least) => units.find(({ incidents: own }) => Math.abs(own - least) < 8))
  expect(near?.p).toBeGreaterThan(0)
  expect(near).not.toHaveProperty('tested')
  expect(far).toMatchObject({ expected: 0, households: 0, p: null, q: null, class: 0, spot: null, tested: false })
})

test('a density says on how much of the ground so much is expected that it could be tested', () => {
  const of = (count: number, bandwidth: number) => {
    const input = inputOf({ method: 'density', bandwidth }, 0)
    return resultOf({ ...input, positions: input.positions!.slice(0, count * 2) })
  }
  const none = of(12, 150)
  expect([none.record.testedShare, none.units.filter(({ spot }) => spot !== null)]).toEqual([0, []])
  expect(of(300, 400).record.testedShare).toBe(1)
  // At the edges part of a kernel lies outside.
  const partly = of(300, 160).record.testedShare!
  expect(partly).toBeGreaterThan(0)
  expect(partly).toBeLessThan(1)
  expect(resultOf(inputOf({ method: 'clusters' })).record).not.toHaveProperty('testedShare')
})

test('HDBSCAN finds what is planted, and does not pretend to have tested it', () => {
  const input = inputOf({ method: 'clusters', clustering: 'hdbscan', minPoints: 20 })
  const second = positions(60, 0.0006, 'second')
    .slice(-120)
    .map((degrees, index) => degrees + (index % 2 === 0 ? -0.014 : 0.008))
  const { units, record } = resultOf({ ...input, positions: Float64Array.of(...input.positions!, ...second) })
  expect(units.length).toBeGreaterThanOrEqual(2)
  expect(units[0]!.incidents).toBeGreaterThan(40)
  expect(units[0]!.incidents).toBeGreaterThan(units[0]!.expected)
  for (const unit of units) expect(unit).toMatchObject({ p: null, q: null, class: 0, spot: null, tested: false })
  expect(record.chosen.map(({ name }) => name)).not.toContain('replications')
})

test('too few incidents to make a cluster make none', () => {
  const input = inputOf({ method: 'clusters' })
  const { units, record } = resultOf({ ...input, positions: Float64Array.of(114.01, 30.01, 114.02, 30.01) })
  expect([units, record.incidents, record.outside]).toEqual([[], 2, 2])
})

test.each(['hot-spots', 'local-moran'] as const)('%s says whether incidents cluster on the whole', (method) => {
  const global = (planted: number) => resultOf(inputOf({ method }, planted)).record.global
  expect(globalPatternOf(global(60)!)).toBe('high')
  // At a level of 5 %.
  const evenly = Array.from({ length: 8 }, (_, world) => {
    const input = { ...inputOf({ method }, 0), positions: positions(0, 0, `evenly ${world}`) }
    return globalPatternOf(resultOf(input).record.global!)
  })
  expect(evenly.filter((pattern) => pattern !== 'random').length).toBeLessThanOrEqual(1)
  const { moran, geary, generalG } = global(60)!
  expect(moran.value!).toBeGreaterThan(moran.expected!)
  expect(geary.value!).toBeLessThan(1)
  expect(generalG.value!).toBeGreaterThan(generalG.expected!)
  // Too few units: nothing is said.
  const input = inputOf({ method, unit: 'grid' })
  const few = { ...input, places: places.slice(0, 3), counts: Float64Array.of(1, 2, 3) }
  expect(resultOf(few).record.global).toBeNull()
})

test('so many cells that no map shows them are refused', () => {
  expect(() => inputOf({ method: 'hot-spots', size: 10 })).toThrow('size')
  const wide = { ...inputOf({ method: 'hot-spots', size: 25 }) }
  expect(() => resultOf({ ...wide, places: places.map((own) => ({ ...own, hectares: 5000 })) })).toThrow('units')
})

test('a comparison expects what was, in days of its own, and says how sure the change is', () => {
  const input = inputOf({ method: 'comparison', unit: 'grid' })
  const { record, units } = resultOf({ ...input, earlier: { ...input.earlier!, exposure: { now: 30, earlier: 60 } } })
  expect(record.chosen).toContainEqual({ name: 'baseline', value: 'last-year', because: 'no-seasons' })
  expect(units[6]).toMatchObject({ incidents: 80, earlier: 21, expected: 10.5, class: 3, spot: 1 })
  expect(units[6]?.value).toBeCloseTo(160 / 21, 3)
  for (const { value, ratioLower, ratioUpper } of units) {
    expect(ratioLower!).toBeLessThan(value!)
    expect(ratioUpper!).toBeGreaterThan(value!)
  }
})

test('areas whose residents seldom report are silent, and calm ones are not', () => {
  // Every twenty days something comes up in each area, with four reports within two days; in the seventh with one after
  // twenty days, in the eighth only every eighty days.
  const [silent, calm] = [6, 7]
  const rows = places
    .flatMap(({ lon, lat }, place) =>
      Array.from({ length: 36 }, (_, thing) => {
        const cameUp = 20_000 + thing * 20
        const days = place === silent ? [20] : [0.2, 0.6, 1.1, 1.9]
        const isLeftOut = place === calm && thing % 4 !== 0
        return isLeftOut ? [] : days.map((day) => ({ place, reported: cameUp + day, happened: cameUp, lon, lat }))
      }).flat(),
    )
    .toSorted((a, b) => a.reported - b.reported)
  const column = (name: 'reported' | 'happened') => Float64Array.from(rows, (row) => row[name])
  const input: AnalysisInput = {
    ...inputOf({ method: 'silence', unit: 'grid' }),
    counts: Float64Array.from(places, (_, place) => rows.filter((row) => row.place === place).length),
    reports: {
      from: -Infinity,
      until: rows.at(-1)!.reported,
      place: Int32Array.from(rows, ({ place }) => place),
      type: new Int32Array(rows.length),
      positions: Float64Array.from(rows.flatMap(({ lon, lat }) => [lon, lat])),
      reported: column('reported'),
      happened: column('happened'),
      settled: new Float64Array(rows.length).fill(Infinity),
    },
  }
  const { units, record, bytes } = resultOf(input)
  expect(Buffer.from(resultOf(input).bytes).equals(Buffer.from(bytes))).toBe(true)
  expect(record.incidents).toBe(rows.length)
  expect(units.flatMap(({ voice }, place) => (voice?.voice === 'silent' ? [place] : []))).toEqual([silent])
  expect(units[calm]!.voice).toMatchObject({ voice: 'heard', things: 9 })
  expect(units[0]!.voice!.things).toBe(36)
  expect(units[0]!.value).toBeGreaterThan(0.99)
  expect(units[silent]!.value).toBeLessThan(0.9)
  expect(units[silent]!.voice!.estimated).toBeGreaterThan(units[silent]!.voice!.things * 1.1)
  expect(units.every(({ class: own, spot }) => own === 0 && spot === null)).toBe(true)
})
