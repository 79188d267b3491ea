import { existsSync, mkdtempSync, realpathSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll } from 'vitest'

/** A file of the public data sets that some tests read; null where they are absent (`MINQING_TEST_DATA` names them). */
export function testData(path: string): string | null {
  const root = process.env['MINQING_TEST_DATA'] ?? fileURLToPath(new URL('../../shared/data', import.meta.url))
  const file = join(root, path)
  return existsSync(file) ? file : null
}

/** A folder for one file of tests, called at its top; it goes with the last of them. */
export function testFolder(name: string): string {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), `minqing-${name}-`)))
  afterAll(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}

/** A folder for modules that files of tests share, called at their top; it goes with the process. */
export function sharedTestFolder(name: string): string {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), `minqing-${name}-`)))
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }))
  return folder
}
