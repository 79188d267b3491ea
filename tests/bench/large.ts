/** Measures the claim of the README that takes many minutes: the memory of an import of ten million rows. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { measureLargeImport } from './import-rows.ts'
import { report } from './figure.ts'

const scratch = mkdtempSync(join(tmpdir(), 'minqing-bench-'))
try {
  report('large', await measureLargeImport(scratch))
} finally {
  rmSync(scratch, { recursive: true, force: true })
}
