import type { TestProject } from 'vitest/node'
import { installedPostgres } from './installed-postgres.ts'
import { provideCluster } from './provide-cluster.ts'

/** A PostgreSQL of this machine, as a centre's own database server would be. */
export default function setup(project: TestProject): Promise<() => Promise<void>> {
  const bin = installedPostgres()
  if (bin === undefined) throw new Error('No PostgreSQL >= 15 is installed on this machine: apt-get install postgresql')
  return provideCluster(project, 'server', bin)
}
