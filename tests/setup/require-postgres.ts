import { globSync } from 'node:fs'
import { aptInstall, canUseApt } from './apt.ts'
import { installedPostgres } from './installed-postgres.ts'
import type { Requirement } from './requirement.ts'
import { runProgram } from './run-program.ts'

/** The programs of a PostgreSQL >= 15; installed when there is none. */
export async function requirePostgres(say: (line: string) => void): Promise<Requirement> {
  const installed = installedPostgres()
  if (installed !== undefined) return { path: installed }
  if (!canUseApt()) return { missing: 'no PostgreSQL >= 15 on this machine, and only root can install one' }
  say(`No PostgreSQL >= 15 on this machine: installing Debian's package …`)
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
