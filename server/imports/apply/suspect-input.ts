import { Datum } from '@minqing/data/domain/datum'
import type { Label } from '@minqing/data/domain/label'
import { allTheSame } from '@minqing/data/geo/suspect-datum'
import type { Pair } from '@minqing/data/geo/prove-crs'
import type { Transaction } from '../../store/connect.ts'
import type { ImportPlan } from '../plan.ts'
import { samplePlaces, type Place } from './sample-places.ts'
import { compareWithKnown } from './compare-datum.ts'

/** What the places of a file look like; `stop` where somebody should say that they are meant so. */
export type Suspicion = { notes: Label[]; stop: Label | null }

/** Positions from which the street is judged: one or two can be mistyped. */
const fewest = 3

/**
 * Looks at the staged places as a whole, of whatever collection, before anything is written: far from the street that
 * was said, of another datum than declared (compared with what is known here), or all the same.
 *
 * @param crs null where no coordinates were read
 */
export async function suspectInput(
  transaction: Transaction,
  { collection, crs: said, street }: ImportPlan,
  crs: string | null,
): Promise<Suspicion> {
  if (crs === null) return { notes: [], stop: null }
  const notes: Label[] = []
  const places = await samplePlaces(transaction, collection, crs)
  const positions = places.map(({ lon, lat }): Pair => [lon, lat])
  if (allTheSame(positions)) notes.push(same(positions[0] ?? [0, 0]))
  const far = street === null ? null : await farFromStreet(transaction, street.code, places)
  if (far !== null) return { notes: [...notes, far], stop: far }
  const datum = Datum.safeParse(crs)
  if (!datum.success || places.length === 0) return { notes, stop: null }
  const label = await compareWithKnown(transaction, { collection, street, datum: datum.data, places })
  if (label === null) return { notes, stop: null }
  // Who names the system by hand has been asked.
  return { notes: [...notes, label], stop: said === null ? label : null }
}

/** Degrees beyond which a place has nothing to do with a street: about fifty kilometres. */
const reach = 0.5

/** What to say where nearly all positions lie in another part of the country than the street said for the file. */
async function farFromStreet(transaction: Transaction, code: string, places: readonly Place[]): Promise<Label | null> {
  const [street] = await transaction<{ name: string; west: number; south: number; east: number; north: number }[]>`
    select name, (extent[1])[0] as west, (extent[1])[1] as south, (extent[0])[0] as east, (extent[0])[1] as north
    from area where code = ${code} and geometry not like '%"coordinates":[]}'`
  if (street === undefined || places.length < fewest) return null
  const { name, west, south, east, north } = street
  const far = places.filter(
    ({ lon, lat }) => lon < west - reach || lon > east + reach || lat < south - reach || lat > north + reach,
  ).length
  if (far < 0.95 * places.length) return null
  return {
    zh: `${places.length} 个位置中有 ${far} 个离指明的街道“${name}”超过 50 公里：多半是坐标系（中央经线）不对，或街道指错了。请改正 --crs 或 --street`,
    en: `${far} of ${places.length} positions lie more than 50 km from the given sub-district “${name}”: probably another coordinate system (central meridian) or another sub-district. Correct --crs or --street`,
  }
}

function same([lon, lat]: Pair): Label {
  return {
    zh: `所有位置都相同（${lon}, ${lat}）：多半是系统的默认值，不是真实位置`,
    en: `All positions are the same (${lon}, ${lat}): probably a default and no real place`,
  }
}
