import { chromium, type Browser } from 'playwright-core'

export type { Browser, Page } from 'playwright-core'

/** WebGL without a graphics card, and a browser that talks to nobody by itself. */
const flags = [
  '--no-sandbox',
  '--use-angle=swiftshader',
  '--enable-unsafe-swiftshader',
  '--ignore-gpu-blocklist',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--disable-quic',
  '--disable-dev-shm-usage',
  '--no-first-run',
]

/** The browser that `CHROMIUM_PATH` names. */
export function launchChromium(): Promise<Browser> {
  const executablePath = process.env['CHROMIUM_PATH']
  if (executablePath === undefined) throw new Error('CHROMIUM_PATH names no browser')
  // In a POSIX locale Chromium drops the Chinese from the names of downloads.
  return chromium.launch({ executablePath, args: flags, env: { ...process.env, LC_ALL: 'C.UTF-8' } })
}
