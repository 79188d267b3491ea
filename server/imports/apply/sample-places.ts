import type { ImportCollection } from '@minqing/data/domain/import'
import { toBd09, toGcj02 } from '@minqing/data/geo/crs'
import type { Transaction } from '../../store/connect.ts'

/** A place of a staged row: in WGS84, and as the source has it. */
export type Place = { x: number; y: number; lon: number; lat: number }

const mostPlaces = 2_000
const mostShapes = 400

/** Some of the staged places, in an order of no meaning: positions, or corners of outlines and lines. */
export async function samplePlaces(
  transaction: Transaction,
  collection: ImportCollection,
  crs: string,
): Promise<Place[]> {
  if (collection === 'incidents' || collection === 'facilities')
    return transaction<Place[]>`
      select source_x as x, source_y as y, position[0] as lon, position[1] as lat from import_row
      where position is not null and source_x is not null order by md5(ordinal::text) limit ${mostPlaces}`
  const shapes = await transaction<{ geometry: string }[]>`
    select geometry from import_row where geometry is not null order by md5(ordinal::text) limit ${mostShapes}`
  const each = Math.max(1, Math.floor(mostPlaces / Math.max(1, shapes.length)))
  return shapes.flatMap(({ geometry }) => {
    const corners: [number, number][] = []
    gather((JSON.parse(geometry) as { coordinates: unknown }).coordinates, corners)
    const step = Math.max(1, Math.ceil(corners.length / each))
    return corners.filter((_, index) => index % step === 0).map(([lon, lat]) => asGiven(lon, lat, crs))
  })
}

/** A staged place as the source has it, as far as that is of a datum in degrees. */
export function asGiven(lon: number, lat: number, crs: string): Place {
  const [x, y] = crs === 'gcj02' ? toGcj02(lon, lat) : crs === 'bd09' ? toBd09(lon, lat) : [lon, lat]
  return { x, y, lon, lat }
}

function gather(coordinates: unknown, corners: [number, number][]): void {
  if (!Array.isArray(coordinates)) return
  if (typeof coordinates[0] === 'number') corners.push([coordinates[0], Number(coordinates[1])])
  else for (const part of coordinates) gather(part, corners)
}
