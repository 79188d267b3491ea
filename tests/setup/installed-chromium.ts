import { spawnSync } from 'node:child_process'
import { globSync } from 'node:fs'
import { homedir } from 'node:os'
import { delimiter, join } from 'node:path'

const names = ['chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome', 'chrome']

/** Path of a Chromium that starts: `CHROMIUM_PATH`, one on the PATH, or one that Playwright has downloaded. */
export function installedChromium(): string | undefined {
  const named = process.env['CHROMIUM_PATH']
  const onPath = (process.env['PATH'] ?? '')
    .split(delimiter)
    .flatMap((folder) => names.map((name) => join(folder, name)))
  const caches = [
    process.env['PLAYWRIGHT_BROWSERS_PATH'],
    join(homedir(), '.cache/ms-playwright'),
    join(homedir(), 'Library/Caches/ms-playwright'),
  ].filter((folder) => folder !== undefined)
  const downloaded = caches.flatMap((cache) =>
    globSync(join(cache, 'chromium*/*/{chrome,headless_shell,chrome-headless-shell,*/Contents/MacOS/*}')),
  )
  const candidates = named ? [named] : [...onPath, ...downloaded]
  return candidates.find(starts)
}

/** A launcher without its browser (Ubuntu's snap stub, a missing shared library) is no browser. */
function starts(path: string): boolean {
  if (globSync(path).length === 0) return false
  return spawnSync(path, ['--version', '--no-sandbox'], { stdio: 'ignore', timeout: 20_000 }).status === 0
}
