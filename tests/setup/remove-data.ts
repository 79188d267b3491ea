import { lstatSync, readlinkSync, rmSync } from 'node:fs'
import { dirname, join } from 'node:path'

/** Removes a data directory, and the database that it links to where another account runs that elsewhere. */
export function removeData(directory: string): void {
  const home = join(directory, 'postgres')
  if (lstatSync(home, { throwIfNoEntry: false })?.isSymbolicLink() === true) {
    rmSync(dirname(readlinkSync(home)), { recursive: true, force: true })
  }
  rmSync(directory, { recursive: true, force: true })
}
