import type { Gazetteer } from '@minqing/data/addresses/gazetteer'
import { matchAddress } from '@minqing/data/addresses/match'
import { codeLength, communityOf, streetOf } from '@minqing/data/domain/area-code'
import type { IncidentReport } from '@minqing/data/domain/intake'
import type { Position } from '@minqing/data/domain/position'
import type { PositionSource } from '@minqing/data/domain/position-source'
import { ProblemError } from '@minqing/data/domain/problem'
import { AreaLocator, type LocatedArea } from '@minqing/data/geo/locate'
import { LRUCache } from 'lru-cache'
import { readGazetteer } from '../imports/addresses/read-gazetteer.ts'
import { collectionVersions } from '../store/collection-versions.ts'
import type { Transaction } from '../store/connect.ts'
import { isWhole, type Scope, scopeKey } from '../store/scope.ts'

/** Where a report belongs and lies, as far as that is known. */
export type ReportPlace = {
  communityCode: string | null
  gridCode: string | null
  buildingCode: string | null
  position: Position | null
  source: PositionSource
  certainty: number | null
}

/** What places reports in a street, for those who see the same of it. */
type StreetPlaces = { gazetteer: Gazetteer; grids: AreaLocator }

/** Streets whose places are in memory; one takes about 4 MB. */
const mostStreets = 40

/**
 * Places reports: by the building that was chosen, by a position, or by an address as imports do (`matchAddress`). What
 * the places are read from is cached until one of those collections changes.
 */
export class ReportPlaces {
  readonly #cached = new LRUCache<string, Promise<StreetPlaces>>({ max: mostStreets })

  /**
   * Where nothing says more, a report belongs to the actor's own area.
   *
   * @param scope of the transaction
   * @throws ProblemError `bad_parameter` for a building that the actor does not see, or a place outside of their areas
   */
  async place(
    transaction: Transaction,
    street: string,
    report: Pick<IncidentReport, 'buildingCode' | 'position' | 'address'>,
    scope: Scope,
  ): Promise<ReportPlace> {
    const place = await this.#find(transaction, street, report, scope)
    const area = place.gridCode ?? place.communityCode ?? street
    if (isWhole(scope) || scope.areas.some((own) => area.startsWith(own))) return place
    const own = scope.areas.filter((one) => streetOf(one) === street)
    // Somewhere in the street, for who has one part of it; a point that lies in no grid they see lies elsewhere.
    const isElsewhere = report.position !== undefined && place.communityCode === null
    if (own.length === 1 && own[0]!.startsWith(area) && !isElsewhere) return { ...place, ...withinArea(own[0]!) }
    throw new ProblemError(
      'bad_parameter',
      { zh: '该地点不在您负责的区域内', en: 'The place lies outside of your areas' },
      {
        parameter: 'address',
        remedy: { zh: '请核对地点，或由中心登记', en: 'Check the place, or let the centre register it' },
      },
    )
  }

  async #find(
    transaction: Transaction,
    street: string,
    { buildingCode, position, address }: Pick<IncidentReport, 'buildingCode' | 'position' | 'address'>,
    scope: Scope,
  ): Promise<ReportPlace> {
    if (buildingCode !== undefined) return placeOfBuilding(transaction, street, buildingCode, position)
    if (position === undefined && address === '') return nowhere
    const { grids, gazetteer } = await this.#placesOf(transaction, street, scope)
    if (position !== undefined) {
      const gridCode = grids.locate(position.lon, position.lat)
      return { ...nowhere, ...(gridCode === null ? {} : withinArea(gridCode)), position }
    }
    const { place } = matchAddress(gazetteer, address, { communityCode: null, gridCode: null })
    if (place === null) return nowhere
    const { target, certainty } = place
    const { communityCode, gridCode, buildingCode: building, lon, lat } = target
    return {
      communityCode,
      gridCode,
      buildingCode: building,
      position: { lon, lat },
      source: `address-${target.level}`,
      certainty,
    }
  }

  async #placesOf(transaction: Transaction, street: string, scope: Scope): Promise<StreetPlaces> {
    const versions = await collectionVersions(transaction, ['areas', 'base', 'buildings', 'facilities'])
    const key = JSON.stringify([street, scopeKey(scope), versions.map(({ version }) => version)])
    const known = this.#cached.get(key)
    if (known !== undefined) return known
    const reading = readPlaces(transaction, street)
    this.#cached.set(key, reading)
    // What failed is read again.
    reading.catch(() => this.#cached.delete(key))
    return reading
  }
}

const nowhere: ReportPlace = {
  communityCode: null,
  gridCode: null,
  buildingCode: null,
  position: null,
  source: 'measured',
  certainty: null,
}

function withinArea(code: string): { communityCode: string | null; gridCode: string | null } {
  return {
    communityCode: code.length >= codeLength.community ? communityOf(code) : null,
    gridCode: code.length >= codeLength.grid ? code.slice(0, codeLength.grid) : null,
  }
}

async function readPlaces(transaction: Transaction, street: string): Promise<StreetPlaces> {
  const gazetteer = await readGazetteer(transaction, street)
  const grids = await transaction<{ code: string; geometry: string }[]>`
    select code, geometry from area where street_code = ${street} and level = 'grid' order by code`
  const areas = grids.map(({ code, geometry }) => ({
    code,
    geometry: JSON.parse(geometry) as LocatedArea['geometry'],
  }))
  return { gazetteer, grids: new AreaLocator(areas) }
}

async function placeOfBuilding(
  transaction: Transaction,
  street: string,
  code: string,
  given: Position | undefined,
): Promise<ReportPlace> {
  const [row] = await transaction<
    { communityCode: string; gridCode: string | null; lon: number | null; lat: number | null }[]
  >`
    select community_code, grid_code, center[0] as lon, center[1] as lat from building
    where street_code = ${street} and code = ${code}`
  if (row === undefined)
    throw new ProblemError(
      'bad_parameter',
      { zh: `没有楼栋 ${code}`, en: `There is no building ${code}` },
      { parameter: 'buildingCode', remedy: { zh: '请重新选择楼栋', en: 'Choose the building again' } },
    )
  const { communityCode, gridCode, lon, lat } = row
  const center = lon === null || lat === null ? null : { lon, lat }
  return {
    communityCode,
    gridCode,
    buildingCode: code,
    position: given ?? center,
    source: given === undefined ? 'address-building' : 'measured',
    certainty: given === undefined && center !== null ? 1 : null,
  }
}
