import { spawnSync } from 'node:child_process'
import { existsSync, globSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { installedChromium, installedPostgres } from './installed-programs.ts'
import { runProgram } from './run-program.ts'

/** A program that some tests need: where it is, or why it is not there. */
export type Requirement = { path: string } | { missing: string }

let listsAreFresh = false

/** Whether this machine lets us install Debian's packages. */
export function canUseApt(): boolean {
  return process.getuid?.() === 0 && existsSync('/usr/bin/apt-get')
}

/** Installs packages of Debian; returns undefined when it went well, else why not. */
export async function aptInstall(packages: string[]): Promise<string | undefined> {
  const environment = { DEBIAN_FRONTEND: 'noninteractive' }
  // A mirror that stops answering is given up after 20 s; only one that keeps sending may take longer.
  const timeouts = ['Acquire::http::Timeout=20', 'Acquire::https::Timeout=20', 'Acquire::Retries=1']
  const options = ['-qq', ...[...timeouts, 'DPkg::Lock::Timeout=60'].flatMap((option) => ['-o', option])]
  if (!listsAreFresh) {
    const failed = await runProgram('apt-get', [...options, 'update'], { limit: 120_000, environment })
    if (failed !== undefined) return `apt-get update ${failed}`
    listsAreFresh = true
  }
  const install = [...options, 'install', '-y', '--no-install-recommends', ...packages]
  const failed = await runProgram('apt-get', install, { limit: 300_000, environment })
  return failed === undefined ? undefined : `apt-get install ${packages.join(' ')} ${failed}`
}

/** A Chromium that starts; installed when there is none. */
export async function requireChromium(report: (line: string) => void): Promise<Requirement> {
  const installed = installedChromium()
  if (installed !== undefined) return { path: installed }
  if (process.env['CHROMIUM_PATH']) return { missing: `CHROMIUM_PATH=${process.env['CHROMIUM_PATH']} does not start` }
  const tried: string[] = []
  for (const way of canUseApt() ? [fromDebian, fromPlaywright] : [fromPlaywright]) {
    report(`No Chromium on this machine: installing it from ${way.source} …`)
    const failed = await way.install()
    const path = installedChromium()
    if (path !== undefined) return { path }
    tried.push(failed ?? `what ${way.source} installed does not start`)
  }
  return { missing: `no Chromium on this machine, and it could not be installed: ${tried.join('; ')}` }
}

// Debian's comes first where it can be had: it brings the shared libraries that a bare machine lacks.
const fromDebian = { source: `Debian's package`, install: () => aptInstall(['chromium']) }

const fromPlaywright = {
  source: `Playwright's download`,
  install: async () => {
    const cli = join(dirname(createRequire(import.meta.url).resolve('playwright-core/package.json')), 'cli.js')
    const environment = { PLAYWRIGHT_DOWNLOAD_CONNECTION_TIMEOUT: '20000' }
    const failed = await runProgram(process.execPath, [cli, 'install', '--only-shell', 'chromium'], {
      limit: 120_000,
      environment,
    })
    return failed === undefined ? undefined : `Playwright's download ${failed}`
  },
}

/** The programs of a PostgreSQL >= 15; installed when there is none. */
export async function requirePostgres(report: (line: string) => void): Promise<Requirement> {
  const installed = installedPostgres()
  if (installed !== undefined) return { path: installed }
  if (!canUseApt()) return { missing: 'no PostgreSQL >= 15 on this machine, and only root can install one' }
  report(`No PostgreSQL >= 15 on this machine: installing Debian's package …`)
  const clustersBefore = globSync('/var/lib/postgresql/*/main')
  const failed = await aptInstall(['postgresql'])
  // The package makes and starts a cluster of its own, which nobody asked for.
  for (const cluster of globSync('/var/lib/postgresql/*/main')) {
    const major = cluster.split('/')[4]
    if (clustersBefore.includes(cluster) || major === undefined) continue
    await runProgram('pg_dropcluster', ['--stop', major, 'main'], { limit: 60_000 })
  }
  const path = installedPostgres()
  return path === undefined ? { missing: failed ?? `Debian's PostgreSQL is older than 15` } : { path }
}

/** PostGIS beside the installed PostgreSQL, from Debian's package; the product itself needs none. */
export async function requirePostgis(report: (line: string) => void): Promise<Requirement> {
  const bin = installedPostgres()
  if (bin === undefined) return { missing: 'no PostgreSQL >= 15 is installed' }
  if (hasPostgis(bin)) return { path: bin }
  const major = /postgresql\/(\d+)\/bin$/.exec(bin)?.[1]
  if (major === undefined || !canUseApt()) return { missing: `the PostgreSQL in ${bin} has no PostGIS` }
  const name = `postgresql-${major}-postgis-3`
  report(`No PostGIS on this machine: installing Debian's ${name} …`)
  const failed = await aptInstall([name])
  return hasPostgis(bin) ? { path: bin } : { missing: failed ?? `${name} was installed and is not found` }
}

function hasPostgis(bin: string): boolean {
  const { stdout } = spawnSync(join(bin, 'pg_config'), ['--sharedir'], { encoding: 'utf8', timeout: 20_000 })
  return existsSync(join((stdout ?? '').trim(), 'extension/postgis.control'))
}

/** GDAL's programs, which read our collections as QGIS does. They are large, so only CI installs them. */
export async function requireGdal(report: (line: string) => void): Promise<Requirement> {
  if (gdalStarts()) return { path: 'ogrinfo' }
  if (!canUseApt() || !process.env['CI']) return { missing: 'GDAL is not installed (apt-get install gdal-bin)' }
  report(`No GDAL on this machine: installing Debian's package …`)
  const failed = await aptInstall(['gdal-bin'])
  return gdalStarts() ? { path: 'ogrinfo' } : { missing: failed ?? 'GDAL was installed and does not start' }
}

function gdalStarts(): boolean {
  return spawnSync('ogrinfo', ['--version'], { stdio: 'ignore', timeout: 20_000 }).status === 0
}
