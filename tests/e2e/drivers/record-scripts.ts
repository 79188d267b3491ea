import { get } from 'node:http'
import { setTimeout as delay } from 'node:timers/promises'
import { launchChromium } from './screen.ts'

export type ScriptRequest = {
  path: string
  /** Bytes as they travelled, compressed. */
  bytes: number
  /** Milliseconds since the navigation began. */
  startedAt: number
}

export type PageLoad = {
  scripts: ScriptRequest[]
  /** Milliseconds since the navigation began. */
  firstPaintAt: number
  /** Addresses outside the product that the page asked for. */
  outside: string[]
}

/** Opens a page with an empty cache and records every script that it and its workers load until the map stands. */
export async function recordScripts(url: string): Promise<PageLoad> {
  const browser = await launchChromium()
  try {
    const page = await browser.newPage({ viewport: { width: 1280, height: 720 } })
    const seen = new Set<string>()
    const outside: string[] = []
    const origin = new URL(url).origin
    // The context sees what workers ask for, too.
    page.context().on('request', (request) => {
      if (/^https?:/.test(request.url()) && new URL(request.url()).origin !== origin) outside.push(request.url())
    })
    page.context().on('requestfinished', (request) => {
      const { pathname } = new URL(request.url())
      if (!/\.m?js$/.test(pathname)) return
      seen.add(pathname)
    })
    await page.goto(url, { waitUntil: 'commit' })
    await page.locator('canvas').first().waitFor({ timeout: 180_000 })
    await quietFor(3_000, () => seen.size)
    const timing = await page.evaluate(() => ({
      firstPaintAt: performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? Number.NaN,
      starts: performance.getEntriesByType('resource').map(({ name, startTime }) => ({ name, startTime })),
    }))
    const startOf = new Map(timing.starts.map(({ name, startTime }) => [new URL(name).pathname, startTime]))
    const scripts = await Promise.all(
      [...seen].map(async (path) => ({
        path,
        bytes: await sentBytes(`${origin}${path}`),
        // Scripts of a worker are in no list of the page; they come long after its own.
        startedAt: startOf.get(path) ?? Number.POSITIVE_INFINITY,
      })),
    )
    return { scripts, firstPaintAt: timing.firstPaintAt, outside }
  } finally {
    await browser.close()
  }
}

/** The browser does not say how large a worker's script was, so each is asked for once more, as a browser would. */
function sentBytes(url: string): Promise<number> {
  return new Promise((resolve, reject) => {
    get(url, { headers: { 'accept-encoding': 'gzip, deflate, br' } }, (response) => {
      let bytes = 0
      response.on('data', (chunk: Buffer) => (bytes += chunk.length))
      response.once('end', () => resolve(bytes)).once('error', reject)
    }).once('error', reject)
  })
}

/** Waits until nothing has been added for a while. */
async function quietFor(milliseconds: number, count: () => number): Promise<void> {
  for (let before = -1; before !== count();) {
    before = count()
    await delay(milliseconds)
  }
}
