import type { ImportChoices, Inspection } from '@minqing/data/domain/import'

/**
 * Remembered choices without a coordinate system that this file knows better: one that it states or proves, or one that
 * was said of a file of another format. Columns of the same names say nothing of the datum of what is beside them.
 *
 * @param seen what was recognised without any choice
 */
export function withOwnSystem(choices: ImportChoices, format: string, seen: Inspection): ImportChoices {
  const { crs, ...others } = choices
  return crs === undefined || format !== seen.format || statesSystem(seen) ? others : choices
}

/** Whether a file says its system by itself: a table and GeoJSON are taken for WGS84 where they say nothing. */
function statesSystem({ format, crs, questions }: Inspection): boolean {
  if (questions.some(({ about }) => about === 'crs')) return false
  return format === 'shapefile' || format === 'geopackage' || crs !== 'wgs84'
}
