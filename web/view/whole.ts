import { mapFacets } from '@minqing/data/domain/incident-facets'
import { type FacetCount, type IncidentSummary, summaryKey } from '@minqing/data/domain/summary'
import type { BoundingBox } from '@minqing/data/domain/position'
import type { FeatureCollection } from 'geojson'
import type { Tally } from './crossfilter.ts'
import { dayOf } from './day.ts'

/** The address's name for all streets together. */
export const wholeArea = 'all'

/** Cases that a browser holds as columns; beyond, the server counts for it. */
export const mostColumns = 1_000_000

/** The box around boxes; null around none. */
export function boxAround(boxes: readonly BoundingBox[]): BoundingBox | null {
  if (boxes.length === 0) return null
  return boxes.reduce(([w, s, e, n], [west, south, east, north]) => [
    Math.min(w, west),
    Math.min(s, south),
    Math.max(e, east),
    Math.max(n, north),
  ])
}

/** Households of areas together; null where one's number is not known, or there is no area. */
export function householdsOf(areas: FeatureCollection | undefined): number | null {
  const numbers = areas?.features.map(({ properties }): unknown => properties?.['households']) ?? []
  if (numbers.length === 0 || !numbers.every((number) => typeof number === 'number')) return null
  return numbers.reduce((sum, number) => sum + number, 0)
}

/** Metres of the cells that the heat of a radius is made from: a quarter of it, no smaller than a grid. */
export function cellFor(radius: number): number {
  return Math.max(250, Math.round(radius / 4))
}

/**
 * The server's counts in the shape of our own. A month's cases stand on its first day; there is no mask, because no
 * case is known by itself. `grid*` follow `places`.
 *
 * @param byMonth where the filter without its time is counted apart, its months.
 */
export function tallyOf(
  summary: IncidentSummary,
  byMonth: IncidentSummary['byMonth'] = summary.byMonth,
): { tally: Tally; places: string[] } {
  const first = byMonth[0]
  const last = byMonth.at(-1)
  const start = ({ month }: { month: string }) => dayOf(Date.parse(`${month}-01T00:00:00+08:00`) / 1000)
  const firstDay = first === undefined ? 0 : start(first)
  const byDay = new Uint32Array(last === undefined ? 0 : start(last) - firstDay + 28)
  for (const bin of byMonth) byDay[start(bin) - firstDay] = bin.count
  const { byArea } = summary
  return {
    places: byArea.map(({ code }) => code),
    tally: {
      mask: new Uint8Array(0),
      total: summary.total,
      open: summary.open,
      overdue: summary.overdue,
      byFacet: mapFacets((name, { codes }) => {
        const rows: Partial<FacetCount<typeof name>>[] = summary[summaryKey(name)]
        return Uint32Array.from(codes, (code) => rows.find((row) => row[name] === code)?.count ?? 0)
      }),
      byHour: Uint32Array.from(summary.byHour),
      firstDay,
      byDay,
      gridTotal: Uint32Array.from(byArea, ({ total }) => total),
      gridOpen: Uint32Array.from(byArea, ({ open }) => open),
      gridOverdue: Uint32Array.from(byArea, ({ overdue }) => overdue),
    },
  }
}
