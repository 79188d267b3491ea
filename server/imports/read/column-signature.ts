import { createHash } from 'node:crypto'
import { normalise } from '@minqing/data/formats/columns/columns'

/** The same for files with the same columns, whatever their order, case and spaces. */
export function columnSignature(columns: readonly string[]): string {
  const names = columns.map(normalise).toSorted()
  return createHash('sha256').update(names.join('\n')).digest('hex').slice(0, 32)
}
