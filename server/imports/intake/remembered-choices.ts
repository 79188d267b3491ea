import type { ImportChoices, ImportCollection, Inspection } from '@minqing/data/domain/import'
import type { Database } from '../../store/connect.ts'
import { importScope, readAs } from '../../store/scope.ts'

/**
 * What was chosen for the last file with the same columns, when its import stands. A sub-district that is not known any
 * more is left out, and that one was to be made goes for that file alone.
 */
export async function rememberedChoices(
  database: Database,
  signature: string,
): Promise<{ file: string; at: string; format: string; choices: ImportChoices } | null> {
  const [found] = await readAs(
    database,
    importScope,
    (transaction) => transaction<Row[]>`
    select file, at, format, collection, choices,
      exists (select from area where code = left(choices ->> 'street', 9)) as is_street_known
    from import_batch
    where signature = ${signature} and undone_at is null order by id desc limit 1`,
  )
  if (found === undefined) return null
  // Keys inside JSON are camelCased on the way out like columns; ours have one form only.
  // What addresses mean is remembered by itself, for each street.
  const { street, newStreet: _made, place: _place, ...choices } = found.choices
  return {
    file: found.file,
    at: found.at,
    format: found.format,
    choices: {
      ...choices,
      ...(street === undefined || !found.isStreetKnown ? {} : { street }),
      collection: found.collection,
    },
  }
}

type Row = {
  file: string
  at: string
  format: string
  collection: ImportCollection
  choices: ImportChoices
  isStreetKnown: boolean
}

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
  return format === 'shapefile' || format === 'geopackage' || (crs !== null && crs !== 'wgs84')
}
