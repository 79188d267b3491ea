import { existsSync, globSync } from 'node:fs'
import { join } from 'node:path'
import type { TestContext } from 'vitest'

/** Public data sets that stand beside the clone, or where `MINQING_TEST_DATA` says; none of them may be shipped. */
const folder = process.env['MINQING_TEST_DATA'] ?? join(import.meta.dirname, '../../../shared/data')

/** Files of the data sets by a pattern; skips the test, saying so, where the folder is absent. */
export function testFiles({ skip }: Pick<TestContext, 'skip'>, pattern: string): string[] {
  skip(!existsSync(folder), `the test data are not at ${folder} (MINQING_TEST_DATA)`)
  const files = globSync(pattern, { cwd: folder }).toSorted()
  if (files.length === 0) throw new Error(`${folder} has no ${pattern}`)
  return files.map((file) => join(folder, file))
}
