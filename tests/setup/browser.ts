import type { TestProject } from 'vitest/node'
import { installedChromium } from './installed-chromium.ts'

/** Names the browser for the tests in `CHROMIUM_PATH`, which whoever runs them may also set. */
export default function setup(_project: TestProject): void {
  const path = installedChromium()
  if (path === undefined) throw new Error('No Chromium is installed on this machine: set CHROMIUM_PATH')
  process.env['CHROMIUM_PATH'] = path
}
