import type { ImportCollection } from '@minqing/data/domain/import'
import type { CopyValue } from '../../store/copy-text.ts'
import { staging } from '../collections/staging.ts'

/** Where a staged row lies, as GeoJSON in WGS84; null where it has no place. */
export function stagedPlace(collection: ImportCollection, values: readonly CopyValue[]): unknown {
  const at = (column: string) => values[staging[collection].findIndex(([name]) => name === column)]
  const geometry = at('geometry')
  if (typeof geometry === 'string') return JSON.parse(geometry) as unknown
  const match = /^\(([^,]+),([^)]+)\)$/.exec(String(at('position') ?? ''))
  return match === null ? null : { type: 'Point', coordinates: [Number(match[1]), Number(match[2])] }
}
