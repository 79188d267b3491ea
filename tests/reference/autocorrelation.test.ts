import { openFile } from '@minqing/data/formats/open-file'
import { allRows, onDisk } from '@minqing/data/formats/test-bytes'
import {
  empiricalBayesDeviates,
  empiricalBayesRates,
  localEmpiricalBayesRates,
} from '@minqing/data/stats/empirical-bayes'
import { gearyC, generalG, type GlobalStatistic, moranI } from '@minqing/data/stats/global-autocorrelation'
import { localG } from '@minqing/data/stats/local-g'
import { localGeary } from '@minqing/data/stats/local-geary'
import { localMoran, quadrants } from '@minqing/data/stats/local-moran'
import { twoSidedP } from '@minqing/data/stats/normal'
import { binaryWeights, rowStandardisedWeights } from '@minqing/data/stats/weights'
import { expect, test } from 'vitest'
import { spdepNeighbours, spdepSets } from './spdep.ts'
import { testFiles } from './test-data.ts'

/** Largest difference, relative where values are above 1. */
function difference(ours: ArrayLike<number>, theirs: readonly (string | number)[]): number {
  expect(ours.length).toBe(theirs.length)
  return theirs.reduce<number>((worst, value, area) => {
    const reference = Number(value)
    return Math.max(worst, Math.abs((ours[area] ?? Number.NaN) - reference) / Math.max(1, Math.abs(reference)))
  }, 0)
}

test('Gi and Gi* of every area are those of spdep', (context) => {
  for (const { name, values, neighbours, column } of spdepSets(context)) {
    expect(difference(localG(values, binaryWeights(neighbours)), column('Gi_z')), name).toBeLessThan(1e-9)
    const star = localG(values, binaryWeights(neighbours, { self: true }))
    expect(difference(star, column('GiStar_z')), name).toBeLessThan(1e-9)
  }
})

test('local Moran of every area is that of spdep, with both null hypotheses and the quadrants', (context) => {
  const namesOfSpdep = new Map([
    ['low-low', 'Low-Low'],
    ['high-low', 'High-Low'],
    ['low-high', 'Low-High'],
    ['high-high', 'High-High'],
  ])
  for (const { name, values, neighbours, column } of spdepSets(context)) {
    const weights = rowStandardisedWeights(neighbours)
    for (const nullHypothesis of ['conditional', 'total'] as const) {
      const { i, z, quadrant } = localMoran(values, weights, { nullHypothesis, highLag: 'above the mean of lags' })
      expect(difference(i, column('Ii')), name).toBeLessThan(1e-9)
      expect(difference(z, column(`Ii_z_${nullHypothesis}`)), name).toBeLessThan(1e-9)
      expect(difference(z.map(twoSidedP), column(`Ii_p_${nullHypothesis}`)), name).toBeLessThan(1e-9)
      expect(
        Array.from(quadrant, (code) => namesOfSpdep.get(quadrants[code] ?? '')),
        name,
      ).toEqual(column('quad_mean'))
    }
  }
})

test('local Geary of every area is that of spdep', (context) => {
  for (const { name, values, neighbours, column } of spdepSets(context))
    expect(
      difference(localGeary(values, rowStandardisedWeights(neighbours)).c, column('localGeary')),
      name,
    ).toBeLessThan(1e-9)
})

/** What spdep 1.2-7 gives: value, then variance and z under randomisation and normality; G with its expectation. */
const globalFigures = new Map([
  [
    'columbus_CRIME',
    {
      moran: [
        0.5001885571828611, 0.008689289201332065, 5.589382675044503, 0.008563413119404997, 5.630312787738183,
        2.278782700782571e-8,
      ],
      geary: [0.5405282027020685, 0.009384263776965024, 4.743061500504458, 0.009821535433554251, 4.636274756220832],
      g: [0.1278074573819544, 0.1003401360544218, 3.507057303807175e-5, 4.638150931985439],
    },
  ],
  [
    'columbus_HOVAL',
    {
      moran: [
        0.180093114317273, 0.00828778250781621, 2.207079278099232, 0.008563413119404997, 2.171269131285863,
        0.02730852120294792,
      ],
      geary: [0.8060863971220951, 0.01077902832887623, 1.867748812180692, 0.009821535433554251, 1.956674484043918],
      g: [0.09850477810038415, 0.1003401360544218, 3.473796087094701e-5, -0.3114000066241359],
    },
  ],
  [
    'columbus_INC',
    {
      moran: [
        0.4156287782784238, 0.008391925665492113, 4.764482491197669, 0.008563413119404997, 4.716535433734342,
        1.893389563684851e-6,
      ],
      geary: [0.675881624728823, 0.01041725307831069, 3.175609157674192, 0.009821535433554251, 3.270498537960718],
      g: [0.1000166465148681, 0.1003401360544218, 2.309251676544354e-5, -0.06731697747518026],
    },
  ],
  [
    'sids2_SID79',
    {
      moran: [
        0.1589778934428215, 0.003943149095207811, 2.692575089204932, 0.004252953883995575, 2.592651156767636,
        0.007090256749925921,
      ],
      geary: [0.8298646350776522, 0.006261662798187882, 2.150055936291655, 0.004691948440762457, 2.483807770427175],
      g: [0.06879519836041575, 0.04949494949494949, 2.79884861201546e-5, 3.64815435158266],
    },
  ],
  [
    'sids2_SIDR74',
    {
      moran: [
        0.2309104715302071, 0.004065133689424906, 3.780074125254359, 0.004252953883995575, 3.695663288255653,
        0.0001567816757649268,
      ],
      geary: [0.7272912130067583, 0.005643593046340144, 3.630122550686962, 0.004691948440762457, 3.981278110560601],
      g: [0.0571070733838132, 0.04949494949494949, 9.633064282603323e-6, 2.452582463885566],
    },
  ],
  [
    'sids2_SIDR79',
    {
      moran: [
        0.1427503921788764, 0.004185852527401624, 2.362530726678679, 0.004252953883995575, 2.343819108288514,
        0.01815063672960491,
      ],
      geary: [0.8194757295524014, 0.005031936609636137, 2.54488415581158, 0.004691948440762457, 2.635475498542543],
      g: [0.05286441876419742, 0.04949494949494949, 5.06613261689725e-6, 1.497004902862535],
    },
  ],
])

test('global I, C and G, their moments and z are those of spdep', (context) => {
  const sets = spdepSets(context)
  expect(sets.map(({ name }) => name).toSorted()).toEqual([...globalFigures.keys()].toSorted())
  for (const { name, values, neighbours } of sets) {
    const { moran = [], geary = [], g = [] } = globalFigures.get(name) ?? {}
    const weights = rowStandardisedWeights(neighbours)
    const both = (statistic: typeof moranI) => {
      const [random, normal] = [statistic(values, weights), statistic(values, weights, 'normality')]
      return [random.value, random.variance, random.z, normal.variance, normal.z]
    }
    expect(difference([...both(moranI), moranI(values, weights).p], moran), name).toBeLessThan(1e-9)
    expect(difference(both(gearyC), geary), name).toBeLessThan(1e-9)
    const { value, expected, variance, z }: GlobalStatistic = generalG(values, binaryWeights(neighbours))
    expect(difference([value, expected, variance, z], g), name).toBeLessThan(1e-9)
  }
})

test('empirical-Bayes rates and deviates of sids2 are those of spdep', async (context) => {
  const [file = ''] = testFiles(context, 'stats/sids2/sids2.shp')
  const source = await openFile(onDisk(file))
  const rows = await allRows(source)
  const column = (name: string) => Float64Array.from(rows, ({ cells }) => Number(cells[source.columns.indexOf(name)]))
  const [cases, births] = [column('SID74'), column('BIR74')]
  const neighbours = spdepNeighbours(context, 'sids2', rows.length)
  const sums = (values: Float64Array) => [
    ...values.subarray(0, 6),
    values.reduce((sum, value) => sum + value, 0),
    values.reduce((sum, value) => sum + value * value, 0),
  ]
  // EBest; EBlocal with geoda = TRUE: the first six, the sum and the sum of squares.
  const global = [
    0.001697297330855623, 0.001705377680842181, 0.001773087022070184, 0.002012868084221261, 0.003534913149155138,
    0.003017816275585639, 0.2068453344554243289, 0.0004650014360902492,
  ]
  const local = [
    0.0009922275508516621, 0.0012639029322548028, 0.000974025974025974, 0.0007604562737642585, 0.0050153881226490367,
    0.004764998917045701, 0.2090183594311512, 0.0005521235684062,
  ]
  expect(difference(sums(empiricalBayesRates(cases, births)), global)).toBeLessThan(1e-13)
  expect(difference(sums(localEmpiricalBayesRates(cases, births, neighbours)), local)).toBeLessThan(1e-13)
  // EBImoran.mc
  const deviates = empiricalBayesDeviates(cases, births)
  const first = [
    -0.68230418900458756, -0.91132811356291532, -0.38244816040311114, -0.02429477403752966, 2.91263672017929132,
    1.90416382211506807,
  ]
  expect(difference(deviates.subarray(0, 6), first)).toBeLessThan(1e-12)
  expect(moranI(deviates, rowStandardisedWeights(neighbours)).value).toBeCloseTo(0.2487462142635112, 12)
})
