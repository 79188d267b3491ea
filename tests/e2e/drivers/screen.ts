import type { Browser, Page } from 'playwright-core'

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
}

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
  const { path, width = 1100, height = 700, pixelRatio = 1, touch = false, colorScheme = 'dark', unanswered } = options
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
  context.setDefaultTimeout(45_000)
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
  if (unanswered) await page.route(unanswered, () => undefined)
  await page.goto(new URL(path, site).href, { waitUntil: 'commit' })
  const close = async () => {
    await context.close()
    const faults = complaints.splice(0).filter((complaint) => !forgiven.some((pattern) => pattern.test(complaint)))
    if (faults.length > 0) throw new Error(`${path} is at fault:\n${faults.join('\n')}`)
  }
  return { page, forgive: (pattern) => forgiven.push(pattern), close }
}
