import type { TestProject } from 'vitest/node'
import { testMoment } from './moment.ts'
import { startSite } from './start-site.ts'

declare module 'vitest' {
  interface ProvidedContext {
    /** Address of the running product that all browser tests look at; none of them writes. */
    site: string
  }
}

/** One product for all browser tests. */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  // Whoever writes a test need not wait for a product that already runs, with the demo street up to `testMoment`.
  const running = process.env['MINQING_E2E_SITE']
  const site = running === undefined ? await startSite(testMoment) : { address: running, stop: async () => {} }
  project.provide('site', site.address)
  return site.stop
}
