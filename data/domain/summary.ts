import { z } from 'zod'
import { Area } from './area.ts'
import { AreaCode, AreaLevel } from './area-code.ts'
import { BuildingUse } from './building.ts'
import { Instant } from './instant.ts'
import { type FacetCode, type FacetName, facetNames, facetOf } from './incident-facets.ts'
import { BoundingBox } from './position.ts'
import { AgeBand } from './resident.ts'

const Count = z.int().min(0)

/** How many incidents have one code of a facet, as `{ type: 'D02', count: 3 }`. */
export type FacetCount<Name extends FacetName> = { [Key in Name]: FacetCode<Name> } & { count: number }

/** `byType`, `byChannel`, …: the summary's counts by facet, ordered codes in their order, others most frequent first. */
export type SummaryKey<Name extends FacetName> = `by${Capitalize<Name>}`
export type FacetCounts = { [Name in FacetName as SummaryKey<Name>]: FacetCount<Name>[] }

export function summaryKey<Name extends FacetName>(name: Name): SummaryKey<Name> {
  return `by${name.charAt(0).toUpperCase()}${name.slice(1)}` as SummaryKey<Name>
}

/** Each key's schema is made from its own facet. */
const facetCounts = Object.fromEntries(
  facetNames.map((name) => [
    summaryKey(name),
    z.array(z.object({ [name]: z.enum(facetOf(name).codes), count: Count })),
  ]),
) as unknown as { [Key in keyof FacetCounts]: z.ZodType<FacetCounts[Key]> }

/** `GET /api/summary`: how many incidents the filter counts, by facet, month, hour and area. Rows of zero are left out. */
export const IncidentSummary = z.object({
  /** Time of the newest step that the counts contain. */
  asOf: Instant,
  total: Count,
  open: Count,
  /** Open and past `dueAt`. */
  overdue: Count,
  ...facetCounts,
  /** Calendar months in Asia/Shanghai, `YYYY-MM`, without gaps between the first and the last. */
  byMonth: z.array(z.object({ month: z.string().regex(/^\d{4}-\d{2}$/), count: Count })),
  /** Hours of the day in Asia/Shanghai, always 24. */
  byHour: z.array(Count).length(24),
  /** The areas one level below the filter's area (streets when there is none). */
  byArea: z.array(z.object({ code: AreaCode, name: z.string(), total: Count, open: Count, overdue: Count })),
})
export type IncidentSummary = z.infer<typeof IncidentSummary>

const AreaReference = z.object({ code: AreaCode, level: AreaLevel, name: z.string(), bbox: BoundingBox })

/** `GET /api/areas/{code}`: what the drill-down panel shows of a place, incidents aside. */
export const AreaProfile = z.object({
  area: Area,
  bbox: BoundingBox,
  /** From the street down to the area itself. */
  path: z.array(AreaReference),
  children: z.array(AreaReference),
  population: z.object({
    households: Count,
    residents: Count,
    elderlyLivingAlone: Count,
    byAge: z.array(z.object({ band: AgeBand, male: Count, female: Count, unknown: Count })),
  }),
  buildings: z.object({ count: Count, byUse: z.array(z.object({ use: BuildingUse, count: Count })) }),
  facilities: z.array(z.object({ kind: z.string(), count: Count })),
  staff: z.array(z.object({ role: z.string(), name: z.string(), workPhone: z.string(), areaCode: AreaCode })),
})
export type AreaProfile = z.infer<typeof AreaProfile>

/** `GET /api/search?q=`: places, grids, buildings, facilities and case numbers that a person may mean. */
export const SearchHit = z.object({
  kind: z.enum(['area', 'building', 'facility', 'incident', 'road']),
  id: z.string(),
  name: z.string(),
  detail: z.string(),
  areaCode: AreaCode.nullable(),
  bbox: BoundingBox,
})
export type SearchHit = z.infer<typeof SearchHit>
