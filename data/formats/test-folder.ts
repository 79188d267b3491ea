import { mkdtempSync, realpathSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll } from 'vitest'

/** A folder for one file of tests, called at its top; it goes with the last of them. */
export function testFolder(name: string): string {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), `minqing-${name}-`)))
  afterAll(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}
