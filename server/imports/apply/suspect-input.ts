import { Datum } from '@minqing/data/domain/datum'
import type { Label } from '@minqing/data/domain/label'
import { FeatureIndex, allTheSame, suspectDatum, type DatumSuspicion } from '@minqing/data/geo/suspect-datum'
import type { Pair } from '@minqing/data/geo/prove-crs'
import type { Geometry } from 'geojson'
import type { Transaction } from '../../store/connect.ts'
import type { ImportPlan } from '../plan.ts'

/** What the positions of a file look like; `stop` where somebody should say that they are meant so. */
export type Suspicion = { notes: Label[]; stop: Label | null }

/** Positions looked at, and streets and buildings that they are compared with. */
const mostPoints = 2_000
const mostFeatures = 60_000
/** Positions from which the street is judged: one or two can be mistyped. */
const fewest = 3

/**
 * Looks at the staged positions as a whole, before anything is written: of another datum than declared (compared with
 * the streets and buildings that are known here), or all the same.
 */
export async function suspectInput(
  transaction: Transaction,
  { collection, crs: said, street }: ImportPlan,
  crs: string,
): Promise<Suspicion> {
  if (collection !== 'incidents' && collection !== 'facilities') return { notes: [], stop: null }
  const points = await transaction<{ x: number; y: number; lon: number; lat: number }[]>`
    select source_x as x, source_y as y, position[0] as lon, position[1] as lat from import_row
    where position is not null and source_x is not null order by md5(ordinal::text) limit ${mostPoints}`
  const notes: Label[] = []
  const places = points.map(({ lon, lat }): Pair => [lon, lat])
  if (allTheSame(places)) notes.push(same(places[0] ?? [0, 0]))
  const far = street === null ? null : await farFromStreet(transaction, street.code, places)
  if (far !== null) return { notes: [...notes, far], stop: far }
  const datum = Datum.safeParse(crs)
  if (!datum.success || points.length === 0) return { notes, stop: null }
  const features = new FeatureIndex(await featuresAround(transaction, places))
  const suspicion = suspectDatum(
    points.map(({ x, y }): Pair => [x, y]),
    datum.data,
    features,
  )
  if (suspicion === null) return { notes, stop: null }
  const label = shifted(suspicion)
  // Who names the system by hand has been asked.
  return { notes: [...notes, label], stop: said === null ? label : null }
}

/** Degrees beyond which a place has nothing to do with a street: about fifty kilometres. */
const reach = 0.5

/** What to say where nearly all positions lie in another part of the country than the street said for the file. */
async function farFromStreet(transaction: Transaction, code: string, places: readonly Pair[]): Promise<Label | null> {
  const [street] = await transaction<{ name: string; west: number; south: number; east: number; north: number }[]>`
    select name, (extent[1])[0] as west, (extent[1])[1] as south, (extent[0])[0] as east, (extent[0])[1] as north
    from area where code = ${code} and geometry not like '%"coordinates":[]}'`
  if (street === undefined || places.length < fewest) return null
  const { name, west, south, east, north } = street
  const far = places.filter(
    ([lon, lat]) => lon < west - reach || lon > east + reach || lat < south - reach || lat > north + reach,
  ).length
  if (far < 0.95 * places.length) return null
  return {
    zh: `${places.length} 个位置中有 ${far} 个离指明的街道“${name}”超过 50 公里：多半是坐标系（中央经线）不对，或街道指错了。请改正 --crs 或 --street`,
    en: `${far} of ${places.length} positions lie more than 50 km from the given sub-district “${name}”: probably another coordinate system (central meridian) or another sub-district. Correct --crs or --street`,
  }
}

/** Streets and buildings within a kilometre of the positions (index building_extent, base_feature_extent). */
async function featuresAround(transaction: Transaction, places: readonly Pair[]): Promise<Geometry[]> {
  const lons = places.map(([lon]) => lon).toSorted((left, right) => left - right)
  const lats = places.map(([, lat]) => lat).toSorted((left, right) => left - right)
  // Without the outermost hundredth: a mistyped point would ask for half the country.
  const at = (values: number[], share: number) => values[Math.floor((values.length - 1) * share)] ?? 0
  const box = `((${at(lons, 0.01) - 0.01},${at(lats, 0.01) - 0.01}),(${at(lons, 0.99) + 0.01},${at(lats, 0.99) + 0.01}))`
  const rows = await transaction<{ geometry: string }[]>`
    (select geometry from building where extent && ${box}::text::box limit ${mostFeatures})
    union all
    (select geometry from base_feature where layer = 'road' and extent && ${box}::text::box limit ${mostFeatures})`
  return rows.map(({ geometry }) => JSON.parse(geometry) as Geometry)
}

function shifted({ points, declared, likely }: DatumSuspicion): Label {
  const percent = (share: number) => `${Math.round(share * 100)}%`
  return {
    zh: `坐标多半不是 ${declared.datum} 而是 ${likely.datum}：按 ${declared.datum}，${points} 个位置中只有 ${percent(declared.share)} 落在已知的道路和建筑上；按 ${likely.datum} 有 ${percent(likely.share)}。请用 --crs ${likely.datum} 导入；若确是 ${declared.datum}，请写明 --crs ${declared.datum}`,
    en: `The coordinates are probably ${likely.datum} and not ${declared.datum}: read as ${declared.datum}, only ${percent(declared.share)} of ${points} positions lie on known roads and buildings, as ${likely.datum} ${percent(likely.share)}. Import with --crs ${likely.datum}; if they really are ${declared.datum}, specify --crs ${declared.datum}`,
  }
}

function same([lon, lat]: Pair): Label {
  return {
    zh: `所有位置都相同（${lon}, ${lat}）：多半是系统的默认值，不是真实位置`,
    en: `All positions are the same (${lon}, ${lat}): probably a default and no real place`,
  }
}
