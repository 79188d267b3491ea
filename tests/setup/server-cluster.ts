import type { TestProject } from 'vitest/node'
import { installedPostgres } from './installed-postgres.ts'
import { provideCluster } from './provide-cluster.ts'
import { startServerCluster } from './start-server-cluster.ts'

/** Before the tests of `api-server`: a PostgreSQL of this machine, as a centre's own database server would be. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const bin = installedPostgres()
  if (bin === undefined) throw new Error('No PostgreSQL >= 15 is installed on this machine: apt-get install postgresql')
  return provideCluster(project, await startServerCluster(bin))
}
