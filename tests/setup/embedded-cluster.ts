import { dirname } from 'node:path'
import type { TestProject } from 'vitest/node'
import { packagedPrograms } from '../../server/store/embedded/programs.ts'
import { provideCluster } from './provide-cluster.ts'

/** The PostgreSQL that the product brings with it. */
export default function setup(project: TestProject): Promise<() => Promise<void>> {
  return provideCluster(project, 'embedded', dirname(packagedPrograms().postgres))
}
