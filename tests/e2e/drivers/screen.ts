/// <reference lib="dom" />
import { AxeBuilder } from '@axe-core/playwright'
import { chromium, type Browser, type Page } from 'playwright-core'
import { mapIdle } from './map-page.ts'

export type { Browser, Page } from 'playwright-core'

/** WebGL without a graphics card, and a browser that talks to nobody by itself. */
const flags = [
  '--no-sandbox',
  '--use-angle=swiftshader',
  '--enable-unsafe-swiftshader',
  '--ignore-gpu-blocklist',
  // WebGL draws through SwiftShader; the page around it is put together without, at half the computing.
  '--disable-gpu-compositing',
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

export type ScreenOptions = {
  path: string
  width?: number
  height?: number
  pixelRatio?: number
  /** A finger instead of a mouse. */
  touch?: boolean
  /** What the system prefers; the address may say otherwise. */
  colorScheme?: 'dark' | 'light'
  /** Requests that get no answer as long as the screen is open. */
  unanswered?: RegExp
  /** The page without its map, for tests of panels, numbers and addresses: drawing it is most of a page's work here. */
  withoutMap?: boolean
  /** Smooths the edges of what the map draws, as the product does: a fifth of the computing of a map here. */
  smoothEdges?: boolean
  /** The page's time can be moved by `page.clock`, from its first timer on. */
  clock?: boolean
}

/** deck.gl's chunk (`web/vite.config.ts`): what draws the map waits for it. */
export const mapScript = /\/assets\/deck-[^/]*\.js$/

/** A page that is watched: what it complains of and whom it asks. */
export type Screen = {
  page: Page
  /** Complaints that a test causes on purpose: they are no fault of the screen. */
  forgive: (pattern: RegExp) => void
  /** @throws Error naming every console error, uncaught exception, answer ≥ 400 and request that left the origin. */
  close: () => Promise<void>
}

/** Opens one screen in a fresh profile. Small, and without motion: frames are slow without a graphics card. */
export async function openScreen(browser: Browser, site: string, options: ScreenOptions): Promise<Screen> {
  const { path, width = 1100, height = 700, pixelRatio = 1, touch = false, colorScheme = 'dark' } = options
  const context = await browser.newContext({
    viewport: { width, height },
    deviceScaleFactor: pixelRatio,
    hasTouch: touch,
    isMobile: touch && width < 600,
    colorScheme,
    reducedMotion: 'reduce',
    timezoneId: 'America/New_York',
    acceptDownloads: true,
  })
  context.setDefaultTimeout(120_000)
  const page = await context.newPage()
  const complaints: string[] = []
  const forgiven: RegExp[] = []
  const { origin } = new URL(site)
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(`console: ${message.text()}`)
  })
  page.on('pageerror', (error) => complaints.push(`uncaught: ${error.message}`))
  page.on('response', (response) => {
    if (response.status() >= 400) complaints.push(`${response.status()} ${response.url()}`)
  })
  page.on('request', (request) => {
    const url = new URL(request.url())
    if (!['blob:', 'data:'].includes(url.protocol) && url.origin !== origin) {
      complaints.push(`left the origin: ${request.url()}`)
    }
  })
  const unanswered = [options.unanswered, options.withoutMap ? mapScript : undefined].filter((one) => one !== undefined)
  for (const pattern of unanswered) await page.route(pattern, () => undefined)
  if (!options.smoothEdges) await page.addInitScript(drawWithoutSmoothing)
  if (options.clock) await page.clock.install()
  await page.goto(new URL(path, site).href, { waitUntil: 'commit' })
  const close = async () => {
    await context.close()
    const faults = complaints.splice(0).filter((complaint) => !forgiven.some((pattern) => pattern.test(complaint)))
    if (faults.length > 0) throw new Error(`${path} is at fault:\n${faults.join('\n')}`)
  }
  return { page, forgive: (pattern) => forgiven.push(pattern), close }
}

/** In the page: what is counted in a picture here, its colours, does not depend on its edges. */
function drawWithoutSmoothing(): void {
  const prototype = HTMLCanvasElement.prototype
  // oxlint-disable-next-line typescript/unbound-method -- called with its canvas below
  const getContext = prototype.getContext as (kind: string, attributes?: object) => RenderingContext | null
  const plain = function (this: HTMLCanvasElement, kind: string, attributes?: object) {
    return getContext.call(this, kind, kind === 'webgl2' ? { ...attributes, antialias: false } : attributes)
  }
  prototype.getContext = plain as typeof prototype.getContext
}

/** Waits until nothing on the screen moves any more: words, fonts and, where there is one, the map. */
export async function stillScreen(page: Page): Promise<void> {
  await page.waitForLoadState('load')
  const hasMap = await page
    .locator('.maplibregl-map')
    .first()
    .waitFor({ state: 'attached', timeout: 120_000 })
    .then(() => true)
    .catch(() => false)
  if (hasMap) await mapIdle(page)
  await page.waitForTimeout(1_500)
  if (hasMap) await mapIdle(page)
}

const rules = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']
/** Those of them that look at colours: a change of theme changes nothing else. */
const colourRules = ['color-contrast', 'link-in-text-block']

/**
 * What axe finds against WCAG 2.2 AA, one line a violation with the elements at fault; empty when all is well.
 *
 * @param scope `colours` for a page of which everything else has been looked at.
 */
export async function violationsOf(page: Page, scope: 'all' | 'colours' = 'all'): Promise<string> {
  const axe = new AxeBuilder({ page })
  const { violations } = await (scope === 'all' ? axe.withTags(rules) : axe.withRules(colourRules)).analyze()
  return violations
    .map(({ id, help, nodes }) => `${id}: ${help}: ${nodes.map((node) => node.target.join(' ')).join(' | ')}`)
    .join('\n')
}
