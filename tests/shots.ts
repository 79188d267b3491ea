import { copyFileSync, mkdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { type Browser, launchChromium, openScreen, stillScreen } from './e2e/drivers/screen.ts'
import { startSite, testTime } from './e2e/world/site.ts'
import { installedChromium } from './setup/installed-programs.ts'
import { pictures, type Picture } from './pictures.ts'

const root = fileURLToPath(new URL('..', import.meta.url))
const folder = join(root, 'shots')
const themes = ['dark', 'light'] as const

const { values } = parseArgs({
  args: process.argv.slice(2).filter((argument) => argument !== '--'),
  options: {
    /** Part of a picture's name: only those are taken. */
    only: { type: 'string', default: '' },
    /** Puts those of the README into docs/pictures too. */
    readme: { type: 'boolean', default: false },
  },
})

/**
 * `npx -y pnpm@12 shots`: pictures of every screen at its sizes in both themes, in the ignored folder `shots/`, to be
 * looked at by a person before a release.
 */
async function main(): Promise<void> {
  process.env['CHROMIUM_PATH'] = installedChromium()
  const running = process.env['MINQING_E2E_SITE']
  const site = running === undefined ? await startSite(testTime) : { address: running, stop: async () => {} }
  const browser = await launchChromium()
  try {
    rmSync(folder, { recursive: true, force: true })
    mkdirSync(folder, { recursive: true })
    for (const picture of pictures) {
      for (const theme of themes) {
        const name = `${picture.name}-${picture.width}x${picture.height}-${theme}.png`
        const wanted = name.includes(values.only) && (!values.readme || picture.readme?.theme === theme)
        // One at a time: two cores draw without a graphics card.
        if (wanted) await take(browser, site.address, picture, theme, join(folder, name))
      }
    }
  } finally {
    await browser.close()
    await site.stop()
  }
}

async function take(
  browser: Browser,
  site: string,
  picture: Picture,
  theme: (typeof themes)[number],
  file: string,
): Promise<void> {
  const separator = picture.path.includes('?') ? '&' : '?'
  const screen = await openScreen(browser, site, {
    smoothEdges: true,
    path: `${picture.path}${separator}theme=${theme}`,
    width: picture.width,
    height: picture.height,
    touch: picture.width < 900,
  })
  screen.forgive(/./)
  try {
    await picture.act?.(screen.page)
    if (picture.file === undefined) {
      await stillScreen(screen.page)
      await screen.page.screenshot({ path: file, timeout: 120_000 })
    } else copyFileSync(await picture.file(screen.page), file)
    if (values.readme && picture.readme !== undefined) {
      mkdirSync(join(root, 'docs/pictures'), { recursive: true })
      copyFileSync(file, join(root, 'docs/pictures', picture.readme.file))
    }
    process.stdout.write(`${file}\n`)
  } finally {
    await screen.close()
  }
}

await main()
