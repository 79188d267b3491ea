import { spawnSync } from 'node:child_process'
import { globSync } from 'node:fs'
import { homedir } from 'node:os'
import { delimiter, join } from 'node:path'

const names = ['chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome', 'chrome']

/** Path of a Chromium that starts: `CHROMIUM_PATH`, one on the PATH, or one that Playwright has downloaded. */
export function installedChromium(): string | undefined {
  const named = process.env['CHROMIUM_PATH']
  const onPath = (process.env['PATH'] ?? '')
    .split(delimiter)
    .flatMap((folder) => names.map((name) => join(folder, name)))
  const caches = [
    process.env['PLAYWRIGHT_BROWSERS_PATH'],
    join(homedir(), '.cache/ms-playwright'),
    join(homedir(), 'Library/Caches/ms-playwright'),
  ].filter((folder) => folder !== undefined)
  const downloaded = caches.flatMap((cache) =>
    globSync(join(cache, 'chromium*/*/{chrome,headless_shell,chrome-headless-shell,*/Contents/MacOS/*}')),
  )
  const candidates = named ? [named] : [...onPath, ...downloaded]
  return candidates.find(starts)
}

/** A launcher without its browser (Ubuntu's snap stub, a missing shared library) is no browser. */
function starts(path: string): boolean {
  if (globSync(path).length === 0) return false
  return spawnSync(path, ['--version', '--no-sandbox'], { stdio: 'ignore', timeout: 20_000 }).status === 0
}

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
