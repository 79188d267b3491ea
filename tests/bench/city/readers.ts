import type { IncidentFilter } from '@minqing/data/domain/incident-filter'
import type { BoundingBox } from '@minqing/data/domain/position'
import { mercatorX, mercatorY } from '@minqing/data/geo/mercator'
import { buildingFeatures } from '../../../server/buildings/building-features.ts'
import { CellCache } from '../../../server/counts/cell-cache.ts'
import { getDensity } from '../../../server/density/get-density.ts'
import { findPlaces } from '../../../server/search/find-places.ts'
import type { Database, Transaction } from '../../../server/store/connect.ts'
import { corners } from '../../../server/store/geometry.ts'
import { openScope, readAs, type Scope } from '../../../server/store/scope.ts'
import { getSummary } from '../../../server/summary/get-summary.ts'
import { encodeTile } from '../../../server/tiles/encode-tile.ts'
import { median, type Figure } from '../figure.ts'

const rounds = 15
const now = new Date()
/** A tile of about a kilometre, as the map asks for over a grid. */
const tileZoom = 15
const words = ['江汀大道', '20260301-0004', '青石 3栋', '没有这个地方', '1', '路']

type Question = {
  ask: (transaction: Transaction, scope: Scope) => Promise<unknown>
  /** What who sees the whole city asks in the place of it; the same without it. */
  ofCity?: (transaction: Transaction, scope: Scope) => Promise<unknown>
  /** Given, but not held against the limit: the whole city's reader is answered from counts in memory. */
  isGivenOnly?: true
}
type Place = { code: string; bbox: BoundingBox }

/**
 * What readers of a street and of a grid wait for, against whoever sees the whole city and asks the same: their rows are
 * selected by policies, behind which the planner may not use every index.
 */
export async function measureReaders(city: Database): Promise<Figure> {
  const cells = new CellCache()
  await cells.fill(city, new AbortController().signal)
  const street = await placeOf(
    city,
    (transaction) => transaction`
      select street_code from incident_month group by 1 order by sum(total) desc limit 1`,
  )
  const grid = await placeOf(
    city,
    (transaction) => transaction`
      select grid_code from incident where street_code = ${street.code} and grid_code is not null
      group by 1 order by count(*) desc limit 1`,
  )
  const measured: Figure['measured'] = {}
  let worst = 0
  for (const [reader, place] of Object.entries({ street, grid })) {
    for (const [name, { ask, ofCity = ask, isGivenOnly }] of Object.entries(questionsOf(place, cells))) {
      const times = { city: [] as number[], own: [] as number[] }
      for (let round = -1; round < rounds; round += 1)
        for (const who of ['city', 'own'] as const) {
          const scope: Scope = who === 'city' ? openScope : { role: 'reader', areas: [place.code] }
          const began = performance.now()
          // One after the other: each has the machine for itself.
          await readAs(city, scope, (transaction) => (who === 'city' ? ofCity : ask)(transaction, scope), 120_000)
          if (round >= 0) times[who].push(performance.now() - began)
        }
      const [whole, own] = [median(times.city), median(times.own)]
      if (isGivenOnly !== true) worst = Math.max(worst, own / whole)
      measured[`${reader}: ${name}, ms`] = `${own.toFixed(1)} / ${whole.toFixed(1)}`
    }
  }
  return {
    claim: {
      zh: '只看一个街道或一个网格的人：汇总（各看自己的范围）、瓦片、密度与搜索（同样的问题）的用时，与看全市者之比（最慢的）',
      en: 'readers of one street or one grid: time of summary (each of what they see), tiles, density and search (the same question) against who sees the whole city, the worst',
    },
    value: worst,
    unit: ' ×',
    limit: { atMost: 1.5 },
    measured,
  }
}

function questionsOf({ code, bbox }: Place, cells: CellCache): Record<string, Question> {
  const summary =
    (filter: IncidentFilter): Question['ask'] =>
    (transaction, scope) =>
      getSummary(transaction, filter, now, { scope, cells })
  const [west, south, east, north] = bbox
  const tile = {
    z: tileZoom,
    x: Math.floor(mercatorX((west + east) / 2) * 2 ** tileZoom),
    y: Math.floor(mercatorY((south + north) / 2) * 2 ** tileZoom),
  }
  const facets = { type: ['D02'], risk: ['yellow'] } satisfies IncidentFilter
  return {
    'summary, each of what they see': { ask: summary({ area: code }), ofCity: summary({}) },
    'summary by two facets, each of what they see': {
      ask: summary({ area: code, ...facets }),
      ofCity: summary(facets),
    },
    'summary of the place': { ask: summary({ area: code }), isGivenOnly: true },
    'building tile': {
      ask: async (transaction) =>
        encodeTile(tile, { buildings: await buildingFeatures.tiles!.read(transaction, tile) }),
    },
    density: { ask: (transaction, scope) => getDensity(transaction, { area: code }, bbox, 50, { scope, cells }) },
    ...Object.fromEntries(
      words.map((text): [string, Question] => [
        `search ${text}`,
        { ask: (transaction, scope) => findPlaces(transaction, text, { language: 'zh', scope }) },
      ]),
    ),
  }
}

/** The area whose code a query finds, with its box. */
async function placeOf(city: Database, code: (transaction: Transaction) => ReturnType<Transaction>): Promise<Place> {
  const [place] = await readAs(
    city,
    openScope,
    (transaction) => transaction<Place[]>`
      select a.code, ${corners(transaction, 'extent')} as bbox from area a where a.code = (${code(transaction)})`,
    Infinity,
  )
  if (place === undefined) throw new Error('this is no city')
  return place
}
