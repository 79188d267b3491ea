import type { TestProject } from 'vitest/node'
import { installedChromium } from '../../setup/installed-programs.ts'
import { canBeCopied, removeData } from '../../setup/start-product.ts'
import { startSite, testTime } from './site.ts'

declare module 'vitest' {
  interface ProvidedContext {
    /** Address of the running product that all browser tests look at; none of them writes. */
    site: string
  }
}

/** One product for all browser tests; `CHROMIUM_PATH`, which may also be set outside, names their browser. */
export async function setup(project: TestProject): Promise<() => Promise<unknown>> {
  const browser = installedChromium()
  if (browser === undefined) throw new Error('No Chromium is installed on this machine: set CHROMIUM_PATH')
  process.env['CHROMIUM_PATH'] = browser
  // Whoever writes a test need not wait for a product that already runs, with the demo street up to `testTime`.
  const running = process.env['MINQING_E2E_SITE']
  // Without sign-in: some tests import other sub-districts than the demo's, which ends the demo's access for all of them.
  const environment = { SIGN_IN: 'off' }
  if (running !== undefined) {
    project.provide('site', running)
    return async () => {}
  }
  // The demo street is made once: the other products of the run begin with a copy of it.
  const first = await startSite(testTime, environment)
  await first.stop({ keepData: true })
  if (canBeCopied(first.dataDirectory)) process.env['MINQING_E2E_DEMO'] = first.dataDirectory
  const site = await startSite(testTime, environment)
  project.provide('site', site.address)
  return async () => {
    await site.stop()
    removeData(first.dataDirectory)
  }
}
