import { readlinkSync, rmSync } from 'node:fs'
import { dirname, join } from 'node:path'

/** Removes a data directory, and the database that it links to where another account runs that elsewhere. */
export function removeData(directory: string): void {
  const elsewhere = linkedDatabase(directory)
  if (elsewhere !== undefined) rmSync(dirname(elsewhere), { recursive: true, force: true })
  rmSync(directory, { recursive: true, force: true })
}

function linkedDatabase(directory: string): string | undefined {
  try {
    return readlinkSync(join(directory, 'postgres'))
  } catch {
    return undefined
  }
}
