import { join } from 'node:path'
import { build, defaultClientConditions, preview, type InlineConfig } from 'vite'
import { launchChromium, type Page } from '../e2e/drivers/screen.ts'
import { installedChromium } from '../setup/installed-programs.ts'
import { median, type Figure } from './figure.ts'
import type { Change } from './heat-page/heat-page.ts'
import type { Draws } from './heat-page/stage.ts'

const [few, many] = [10_000, 1_000_000]

/**
 * A change of the filter or the brush over a million incidents, to the heat that shows it, against deck.gl's HeatmapLayer
 * over the same points in the same page and software renderer; and what a frame draws at ten thousand and at a million.
 */
export async function measureHeat(scratch: string): Promise<Figure[]> {
  const chromium = installedChromium()
  if (chromium === undefined) throw new Error('No Chromium on this machine: set CHROMIUM_PATH')
  process.env['CHROMIUM_PATH'] = chromium
  const server = await serveHeatPage(join(scratch, 'heat-page'))
  const browser = await launchChromium()
  try {
    const page = await browser.newPage({ viewport: { width: 1280, height: 720 } })
    await page.goto(server.resolvedUrls!.local[0]!, { waitUntil: 'load' })
    const small = await over(page, few, 0)
    const large = await over(page, many, Infinity)
    return [comparison(large.changes), difference(small.frame, large.frame)]
  } finally {
    await browser.close()
    await server.close()
  }
}

/** Built as the product is, so that both run as they would there. */
async function serveHeatPage(outDir: string) {
  const config: InlineConfig = {
    root: join(import.meta.dirname, 'heat-page'),
    configFile: false,
    logLevel: 'error',
    resolve: { conditions: ['visgl:webgl-only', ...defaultClientConditions] },
    worker: { format: 'es' },
    build: { outDir, emptyOutDir: true, target: 'es2023' },
  }
  await build(config)
  return preview({ ...config, preview: { port: 0, host: '127.0.0.1' } })
}

/** Changes the filter over so many incidents, as often as there are changes but no more than `most`. */
async function over(page: Page, incidents: number, most: number): Promise<{ changes: Change[]; frame: Draws }> {
  const known = await page.evaluate((count) => {
    globalThis.heatBench = new HeatBench(count)
    return heatBench.begin()
  }, incidents)
  const changes: Change[] = []
  for (let index = 0; index < Math.min(known, most); index++)
    changes.push(await page.evaluate((at) => heatBench.change(at), index))
  const frame = await page.evaluate(() => {
    const drawn = heatBench.frame()
    heatBench.end()
    return drawn
  })
  return { changes, frame }
}

function comparison(changes: Change[]): Figure {
  const ratios = changes.map(({ ours, theirs }) => theirs / ours)
  const each = (name: keyof Change) => changes.map((change) => Math.round(change[name])).join(' ')
  return {
    claim: {
      zh: '100 万件改变筛选或时间后到热力正确：deck.gl HeatmapLayer 与本系统的用时之比（同页，同一软件渲染器）',
      en: `change of filter or time over 1,000,000 incidents to correct heat: time of deck.gl's HeatmapLayer against ours (same page and software renderer)`,
    },
    value: median(ratios),
    unit: ' ×',
    limit: { atLeast: 20 },
    measured: {
      'ours, ms': each('ours'),
      'HeatmapLayer, ms': each('theirs'),
      'least ratio': Number(Math.min(...ratios).toFixed(1)),
      'incidents that pass': each('incidents'),
      'pixels compared with what they should be': each('compared'),
    },
  }
}

function difference(small: Draws, large: Draws): Figure {
  return {
    claim: {
      zh: '热力每帧的顶点与绘制调用：100 万件与 1 万件之差',
      en: 'vertices and draw calls of a frame of heat: 1,000,000 less 10,000 incidents',
    },
    value: Math.abs(large.vertices - small.vertices) + Math.abs(large.calls - small.calls),
    unit: '',
    limit: { atMost: 0 },
    measured: { vertices: `${small.vertices} / ${large.vertices}`, calls: `${small.calls} / ${large.calls}` },
  }
}
