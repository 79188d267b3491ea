import type { Datum } from '@minqing/data/domain/datum'
import type { ImportCollection } from '@minqing/data/domain/import'
import type { Label } from '@minqing/data/domain/label'
import {
  borderTest,
  FeatureIndex,
  positionTest,
  suspectDatum,
  suspectShift,
  type DatumSuspicion,
  type DatumTest,
  type ShiftSuspicion,
} from '@minqing/data/geo/suspect-datum'
import type { Pair } from '@minqing/data/geo/prove-crs'
import type { Geometry } from 'geojson'
import type { Fragment } from '../../store/conditions.ts'
import type { Transaction } from '../../store/connect.ts'
import type { ImportPlan } from '../plan.ts'
import { asGiven, type Place } from './sample-places.ts'

/** Known features that places are compared with, at most of each kind. */
const mostFeatures = 60_000

type Subject = {
  collection: ImportCollection
  street: ImportPlan['street']
  datum: Datum
  places: readonly Place[]
}

/**
 * One kind of known features, what lies on them, and how that is tested; `asLines` where to lie within a polygon says
 * nothing.
 */
type Evidence = { features: Fragment; what: Label; test: DatumTest; asLines?: boolean }

/**
 * Compares the staged places with what is known on that ground: says so where they fit it in another datum than the one
 * that they were read in. The demo is no evidence: it is made up, and lies on a real city.
 */
export async function compareWithKnown(transaction: Transaction, subject: Subject): Promise<Label | null> {
  const { collection, datum, places } = subject
  if (isOfAreas(collection)) {
    const shift = suspectShift(await knownMiddles(transaction, datum), datum)
    if (shift !== null) return displaced(shift)
  }
  const points = places.map(({ x, y }): Pair => [x, y])
  for (const { features, what, test, asLines = false } of evidenceFor(transaction, subject)) {
    const rows = await transaction<{ geometry: string }[]>`${features}`
    const geometries = rows.map(({ geometry }) => JSON.parse(geometry) as Geometry)
    const index = new FeatureIndex(asLines ? geometries.map(bordersOf) : geometries)
    const suspicion = suspectDatum(points, datum, index, test)
    if (suspicion !== null) return shifted(suspicion, what)
  }
  return null
}

function bordersOf(geometry: Geometry): Geometry {
  if (geometry.type === 'Polygon') return { type: 'MultiLineString', coordinates: geometry.coordinates }
  if (geometry.type === 'MultiPolygon') return { type: 'MultiLineString', coordinates: geometry.coordinates.flat() }
  return geometry
}

function isOfAreas(collection: ImportCollection): boolean {
  return collection === 'areas' || collection === 'streets' || collection === 'communities' || collection === 'grids'
}

/** What the places of a collection lie on, in the order in which it is asked (index building_extent, base_feature_extent). */
function evidenceFor(transaction: Transaction, { collection, street, places }: Subject): Evidence[] {
  const box = boxAround(places)
  const near = transaction`extent && ${box}::text::box and (source <> 'demo' or street_code = ${street?.code ?? ''})`
  const roads = transaction`
    (select geometry from base_feature where layer = 'road' and ${near} limit ${mostFeatures})`
  const buildings = transaction`(select geometry from building where ${near} limit ${mostFeatures})`
  switch (collection) {
    case 'incidents':
    case 'facilities':
      return [{ features: transaction`${buildings} union all ${roads}`, what: onFabric, test: positionTest }]
    case 'buildings':
      return [{ features: buildings, what: onBuildings, test: { ...positionTest, beside: 3 } }]
    case 'base':
      return [{ features: roads, what: onRoads, test: positionTest }]
    case 'areas':
    case 'streets':
    case 'communities':
    case 'grids':
      return [
        {
          features: transaction`
            select geometry from area where ${near} and source <> 'derived' limit ${mostFeatures}`,
          what: onBorders,
          test: borderTest,
          asLines: true,
        },
        { features: roads, what: onRoads, test: { ...positionTest, share: 0.3 } },
      ]
  }
}

/** A kilometre around the places, without their outermost hundredth: a mistyped one would ask for half the country. */
function boxAround(places: readonly Place[]): string {
  const lons = places.map(({ lon }) => lon).toSorted((left, right) => left - right)
  const lats = places.map(({ lat }) => lat).toSorted((left, right) => left - right)
  const at = (values: number[], share: number) => values[Math.floor((values.length - 1) * share)] ?? 0
  return `((${at(lons, 0.01) - 0.01},${at(lats, 0.01) - 0.01}),(${at(lons, 0.99) + 0.01},${at(lats, 0.99) + 0.01}))`
}

/** The middles of staged areas as the source has them, and of the areas of the same code or name that are known there. */
async function knownMiddles(transaction: Transaction, datum: Datum): Promise<{ given: Pair; known: Pair }[]> {
  const rows = await transaction<{ lon: number; lat: number; knownLon: number; knownLat: number }[]>`
    select r.center[0] as lon, r.center[1] as lat, a.center[0] as known_lon, a.center[1] as known_lat
    from import_row r join area a
      on a.code = r.code or (r.code is null and a.level = r.level and a.name = r.name and a.extent && r.extent)
    where r.center is not null and a.source <> 'demo' and a.area_m2 > 0
    order by r.ordinal limit ${mostFeatures}`
  return rows.map(({ lon, lat, knownLon, knownLat }) => {
    const { x, y } = asGiven(lon, lat, datum)
    return { given: [x, y], known: [knownLon, knownLat] }
  })
}

const onFabric = { zh: '位置落在已知的道路和建筑上', en: 'positions lie on known roads and buildings' }
const onBuildings = { zh: '角点落在已知的建筑上', en: 'corners lie on known buildings' }
const onRoads = { zh: '角点落在已知的道路上', en: 'corners lie on known roads' }
const onBorders = { zh: '边界点落在已知的区域边界上', en: 'corners lie on known boundaries' }

function shifted({ points, declared, likely }: DatumSuspicion, what: Label): Label {
  const percent = (share: number) => `${Math.round(share * 100)}%`
  return {
    zh: `坐标多半不是 ${declared.datum} 而是 ${likely.datum}：按 ${declared.datum}，${points} 个${what.zh}的只有 ${percent(declared.share)}；按 ${likely.datum} 有 ${percent(likely.share)}。${adviceOn(declared.datum, likely.datum).zh}`,
    en: `The coordinates are probably ${likely.datum} and not ${declared.datum}: read as ${declared.datum}, only ${percent(declared.share)} of ${points} ${what.en}, as ${likely.datum} ${percent(likely.share)}. ${adviceOn(declared.datum, likely.datum).en}`,
  }
}

function displaced({ places, declared, likely }: ShiftSuspicion): Label {
  const metres = (value: number) => Math.round(value).toLocaleString('en')
  return {
    zh: `坐标多半不是 ${declared.datum} 而是 ${likely.datum}：按 ${declared.datum}，${places} 个已知的区域与库中的位置相差 ${metres(declared.metres)} 米（中位数）；按 ${likely.datum} 只差 ${metres(likely.metres)} 米。${adviceOn(declared.datum, likely.datum).zh}`,
    en: `The coordinates are probably ${likely.datum} and not ${declared.datum}: read as ${declared.datum}, ${places} areas that are known lie ${metres(declared.metres)} m (median) from where they are known to be, as ${likely.datum} ${metres(likely.metres)} m. ${adviceOn(declared.datum, likely.datum).en}`,
  }
}

function adviceOn(declared: Datum, likely: Datum): Label {
  return {
    zh: `请用 --crs ${likely} 导入；若确是 ${declared}，请写明 --crs ${declared}`,
    en: `Import with --crs ${likely}; if they really are ${declared}, specify --crs ${declared}`,
  }
}
