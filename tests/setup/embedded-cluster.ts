import type { TestProject } from 'vitest/node'
import { provideCluster } from './provide-cluster.ts'
import { startEmbeddedCluster } from './start-embedded-cluster.ts'

/** Before the tests of `api-embedded`: the PostgreSQL that the product brings with it. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  return provideCluster(project, await startEmbeddedCluster())
}
