import { z } from 'zod'
import { Area } from './area.ts'
import { AreaCode, CommunityCode, GridCode, StreetCode } from './area-code.ts'
import { CollectionVersions } from './data-status.ts'
import { FacilityStatus } from './facility.ts'
import { type FacetCode, type FacetName, facetNames, mapFacets } from './incident-facets.ts'
import { IncidentStage, IncidentStatus } from './incident-status.ts'
import { IncidentType } from './incident-type.ts'
import { Instant } from './instant.ts'
import { BoundingBox } from './position.ts'
import { AgeBand } from './resident.ts'
import { Risk } from './risk.ts'

const Count = z.int().min(0)

/** A rate as it was counted; of 0 of 0 there is none. */
export const Share = z.object({ count: Count, of: Count })
export type Share = z.infer<typeof Share>

/** People of a place, in numbers only; null is what is not known. */
export const WallPopulation = z.object({
  households: Count.nullable(),
  residents: Count.nullable(),
  /** S01 独居老人; null where no resident is registered. */
  elderlyLivingAlone: Count.nullable(),
  /** In the order of `ageBands`, all of them; empty where no resident is registered. */
  byAge: z.array(z.object({ band: AgeBand, count: Count })),
})
export type WallPopulation = z.infer<typeof WallPopulation>

/** What a wall shows of one case: what, where by grid, when. No number, title, text, address or name. */
export const WallIncident = z.object({
  type: IncidentType,
  risk: Risk,
  status: IncidentStatus,
  communityCode: CommunityCode.nullable(),
  communityName: z.string().nullable(),
  gridCode: GridCode.nullable(),
  gridName: z.string().nullable(),
  reportedAt: Instant,
  /** Open and past its due time. */
  overdue: z.boolean(),
})
export type WallIncident = z.infer<typeof WallIncident>

/** One step of a case's workflow, for the ticker. */
export const WallStep = z.object({
  position: Count,
  at: Instant,
  toStatus: IncidentStatus,
  type: IncidentType,
  risk: Risk,
  communityName: z.string().nullable(),
  gridName: z.string().nullable(),
})
export type WallStep = z.infer<typeof WallStep>

/** A stop of the tour. `recent` and `previous` are the cases reported in the last 30 days and the 30 before. */
export const WallCommunity = z.object({
  code: CommunityCode,
  name: z.string(),
  bbox: BoundingBox,
  grids: Count,
  population: WallPopulation,
  open: Count,
  overdue: Count,
  recent: Count,
  previous: Count,
  /** The three most frequent types of the last 30 days. */
  topTypes: z.array(z.object({ type: IncidentType, count: Count })),
})
export type WallCommunity = z.infer<typeof WallCommunity>

/** `GET /api/wall/areas?area=`: outlines of a street's areas, without the people who are responsible for them. */
export const WallArea = Area.pick({
  code: true,
  level: true,
  parentCode: true,
  streetCode: true,
  name: true,
  gridType: true,
  households: true,
  areaM2: true,
})
export type WallArea = z.infer<typeof WallArea>

const Positions = z.array(z.array(z.number()))
const Outline = z.discriminatedUnion('type', [
  z.object({ type: z.literal('Polygon'), coordinates: z.array(Positions) }),
  z.object({ type: z.literal('MultiPolygon'), coordinates: z.array(z.array(Positions)) }),
])
const WallAreaCollection = z.object({
  type: z.literal('FeatureCollection'),
  features: z.array(z.object({ type: z.literal('Feature'), id: AreaCode, properties: WallArea, geometry: Outline })),
})
export const WallAreas = z.object({
  streets: WallAreaCollection,
  communities: WallAreaCollection,
  grids: WallAreaCollection,
})
export type WallAreas = z.infer<typeof WallAreas>

/**
 * `GET /api/wall/cells?area=`: counted cases by cell, where their position is a place and does not stand for a grid or
 * community. They are those reported in the thirty days before the running clock hour or in that hour: with a window that
 * moved with every instant, one case could be distinguished from the others by asking twice. Middles of the cells in
 * degrees × 1e7; empty cells are left out.
 */
export const WallCells = z.object({
  /** Metres of a cell's side. */
  cell: z.literal(50),
  x: z.array(z.int()),
  y: z.array(z.int()),
  counts: z.array(z.int().min(1)),
})
export type WallCells = z.infer<typeof WallCells>

/** Each facet's code, where it is counted by; each key's schema is made from its own facet. */
const facetCodes = mapFacets((_, { codes }) => z.enum(codes).optional()) as unknown as {
  [Name in FacetName]: z.ZodOptional<z.ZodType<FacetCode<Name>>>
}

/** What the cases of a panel may be counted by: the facets, and areas, null outside them. */
export const wallDimensions = [...facetNames, 'community', 'grid'] as const
export type WallDimension = (typeof wallDimensions)[number]

/**
 * `GET /api/wall/counts?area=&by=type,…&days=`: cases reported in the last `days` days and in as many days before, a row
 * for each combination of codes that occurs.
 */
export const WallCounts = z.array(
  z.object({
    ...facetCodes,
    community: CommunityCode.nullable().optional(),
    grid: GridCode.nullable().optional(),
    count: Count,
    previous: Count,
  }),
)
export type WallCounts = z.infer<typeof WallCounts>

/** Local days that the wall's hot spots look back on, today included. */
export const wallHotSpotDays = 90

/**
 * `GET /api/wall/hot-spots?area=`: where residents reported significantly more in the last `wallHotSpotDays` days than
 * elsewhere in the area, the most significant first. By the method of the map's current hot spots, from the middles of
 * cells of 50 m.
 */
export const WallHotSpots = z.object({
  /** Metres of a square's side; null where there are too few squares or incidents to compare. */
  size: Count.nullable(),
  spots: z.array(
    z.object({
      /** Of the grid that most of its cases lie in; empty outside of grids. */
      name: z.string(),
      /** Class of its most significant square (`significanceLevels`): 3 at 99 %, 2 at 95 %, 1 at 90 %. */
      class: z.int().min(1).max(3),
      /** Cases in its squares and those that touch them, and how many there were if all squares had the same number. */
      count: Count,
      expected: z.number().min(0),
      /** Its border, as the coordinates of a MultiLineString. */
      border: z.array(Positions),
    }),
  ),
})
export type WallHotSpots = z.infer<typeof WallHotSpots>

/** `GET /api/wall/versions`: another number than before means that the collection was written to. */
export const WallVersions = CollectionVersions
export type WallVersions = CollectionVersions

/** `GET /api/wall/contacts?area=<community code>`: the grid workers on duty, name and phone empty where not known. */
export const WallContacts = z.array(z.object({ gridCode: GridCode, name: z.string(), phone: z.string() }))
export type WallContacts = z.infer<typeof WallContacts>

/**
 * `GET /api/wall?area=<street or community code>`: all that a wall shows beside the map, read with the wall's own
 * rights. Without `area`: the street whose newest case is the newest of all. “Recent” is the last 30 days, `[now − 30 d, now)`,
 * “previous” the 30 days before; a day begins at midnight in Asia/Shanghai. Void cases (90) and drafts (00) are not counted.
 */
export const WallPicture = z.object({
  /** The server's clock: ages are counted by it, because a wall's own clock may be wrong. */
  now: Instant,
  /** Latest write of any kind; null in an empty database. */
  asOf: Instant.nullable(),
  /** Null in an empty database; then every count is zero. */
  street: z.object({ code: StreetCode, name: z.string(), demo: z.boolean() }).nullable(),
  /** Whether the map's labels name the grid workers on duty. */
  contacts: z.boolean(),
  /** What the picture is about. */
  area: z.object({ code: z.string(), name: z.string(), bbox: BoundingBox }).nullable(),
  inventory: z.object({ communities: Count, grids: Count, buildings: Count, gridWorkers: Count }),
  smokeDetectors: z.array(z.object({ status: FacilityStatus, count: Count })),
  population: WallPopulation,
  /** Since midnight. */
  today: z.object({ reported: Count, closed: Count }),
  open: Count,
  overdue: Count,
  /** Open cases by stage of the workflow. */
  openByStage: z.array(z.object({ stage: IncidentStage, count: Count })),
  recent: Count,
  previous: Count,
  /** Cases signed for (40 → any other status) within two hours ÷ cases dispatched (→ 40), in the last 30 days; running clocks are left out. */
  respondedInTime: Share,
  /** Closed on time ÷ due, of the cases whose due time lies in the last 30 days. */
  closedInTime: Share,
  /** Open cases by risk, gravest first. */
  byRisk: z.array(z.object({ risk: Risk, count: Count })),
  /** The 24 clock hours ending with the running one, oldest first; `mean` is that of the hour of the day over the 30 days. */
  lastHours: z.array(z.object({ from: Instant, count: Count, mean: z.number().min(0) })).length(24),
  communities: z.array(WallCommunity),
  /** Newest first, at most 20. */
  latest: z.array(WallIncident).max(20),
  /** Newest first, at most 20. */
  steps: z.array(WallStep).max(20),
})
export type WallPicture = z.infer<typeof WallPicture>
