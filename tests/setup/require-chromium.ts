import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { aptInstall, canUseApt } from './apt.ts'
import { installedChromium } from './installed-chromium.ts'
import type { Requirement } from './requirement.ts'
import { runProgram } from './run-program.ts'

/** A Chromium that starts; installed when there is none. */
export async function requireChromium(say: (line: string) => void): Promise<Requirement> {
  const installed = installedChromium()
  if (installed !== undefined) return { path: installed }
  if (process.env['CHROMIUM_PATH']) return { missing: `CHROMIUM_PATH=${process.env['CHROMIUM_PATH']} does not start` }
  const tried: string[] = []
  for (const way of canUseApt() ? [fromDebian, fromPlaywright] : [fromPlaywright]) {
    say(`No Chromium on this machine: installing it from ${way.source} …`)
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
