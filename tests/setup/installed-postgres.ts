import { spawnSync } from 'node:child_process'
import { globSync } from 'node:fs'
import { delimiter, join } from 'node:path'

/** The oldest PostgreSQL that the product promises to run on. */
const oldestMajor = 15

/** The directory of the newest installed PostgreSQL's programs, or undefined where there is none new enough. */
export function installedPostgres(): string | undefined {
  const configured = spawnSync('pg_config', ['--bindir'], { encoding: 'utf8' }).stdout?.trim()
  const candidates = [
    ...globSync('/usr/lib/postgresql/*/bin'),
    ...globSync('/usr/local/{pgsql,opt/postgresql*}/bin'),
    ...globSync('/opt/homebrew/opt/postgresql*/bin'),
    ...(configured ? [configured] : []),
    ...(process.env['PATH'] ?? '').split(delimiter),
  ]
  const found = [...new Set(candidates)]
    .map((bin) => ({ bin, major: majorOf(bin) }))
    .filter(({ major }) => major >= oldestMajor)
    .toSorted((a, b) => b.major - a.major)
  return found[0]?.bin
}

/** 0 where the programs are missing: Debian's client package brings `pg_config` without a server. */
function majorOf(bin: string): number {
  if (globSync(join(bin, 'initdb')).length === 0) return 0
  const said = spawnSync(join(bin, 'postgres'), ['--version'], { encoding: 'utf8', timeout: 10_000 }).stdout ?? ''
  return Number(/\(PostgreSQL\) (\d+)/.exec(said)?.[1] ?? 0)
}
