import { recordScripts } from '../e2e/drivers/record-scripts.ts'
import { installedChromium } from '../setup/installed-programs.ts'
import type { Figure } from './figure.ts'

/** The map's chunks by their names in the build (`web/vite.config.ts`). */
const ofTheMap = /(maplibre|deck|map-view)/

/** What the map page sends as JavaScript, and whether any of the map's delays the first paint. */
export async function measureMapPage(address: string): Promise<Figure[]> {
  const chromium = installedChromium()
  if (chromium === undefined) throw new Error('No Chromium on this machine: set CHROMIUM_PATH')
  process.env['CHROMIUM_PATH'] = chromium
  const { scripts, firstPaintAt, outside } = await recordScripts(`${address}/`)
  if (Number.isNaN(firstPaintAt)) throw new Error('The page painted nothing')
  if (outside.length > 0) throw new Error(`The page asked for ${outside.join(', ')}`)
  const mapScripts = scripts.filter(({ path }) => ofTheMap.test(path))
  if (mapScripts.length === 0) throw new Error(`No map among ${scripts.map(({ path }) => path).join(', ')}`)
  const bytes = scripts.reduce((sum, script) => sum + script.bytes, 0)
  const early = mapScripts.filter(({ startedAt }) => startedAt < firstPaintAt)
  return [
    {
      claim: {
        zh: '地图页全部 JavaScript（压缩后，含后台线程）',
        en: 'all JavaScript of the map page, compressed, with workers',
      },
      value: bytes / 1000,
      unit: ' kB',
      limit: { atMost: 640 },
      measured: Object.fromEntries(scripts.map((script) => [script.path, script.bytes])),
    },
    {
      claim: { zh: '首次绘制前请求的地图脚本', en: `map scripts requested before the first paint` },
      value: early.length,
      unit: '',
      limit: { atMost: 0 },
      measured: {
        'first paint, ms': Math.round(firstPaintAt),
        'first map script, ms': Math.round(Math.min(...mapScripts.map(({ startedAt }) => startedAt))),
      },
    },
  ]
}
