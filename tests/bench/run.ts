/**
 * The bench command: measures each claim of the README in one run, and fails when one does not hold. Parts can be named
 * (`pnpm bench heat import`): each compares its two sides with one another.
 */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startProduct } from '../setup/start-product.ts'
import { measureAddresses } from './addresses.ts'
import { measureAnalysis } from './analysis.ts'
import { measureAutocorrelation } from './autocorrelation.ts'
import { measureCachedAnswer } from './request-rate.ts'
import { measureColumns } from './columns.ts'
import { measureDensity } from './density.ts'
import { measureDuplicates } from './duplicates.ts'
import { type Figure, report } from './figure.ts'
import { measureHeat } from './heat.ts'
import { measureHostileFiles } from './hostile.ts'
import { measureHotSpots } from './hot-spots.ts'
import { measureImport } from './import-rows.ts'
import { measureLive } from './live.ts'
import { measureMapPage } from './map-page.ts'
import { measureScan } from './scan.ts'
import { measureSignIn } from './sign-in.ts'
import { measureStepCost } from './step-cost.ts'
import { measureTiling } from './tiling.ts'
import { measureWarnings } from './warning.ts'

type Part = {
  title: string
  measure: (scratch: string) => Figure[] | Promise<Figure[]>
}

const parts: Record<string, Part> = {
  columns: { title: '列 · Columns', measure: measureColumns },
  page: { title: '地图页 · The map page', measure: () => served(measureMapPage) },
  heat: { title: '热力 · The heat', measure: measureHeat },
  grids: {
    title: '网格集合 · The grids collection',
    measure: (scratch) => served(async (address) => [await measureGrids(address, scratch)]),
  },
  tiling: { title: '网格检查 · How grids fit', measure: measureTiling },
  import: { title: '导入 · The import', measure: measureImport },
  addresses: { title: '按地址定位 · Placing by address', measure: measureAddresses },
  autocorrelation: { title: '空间自相关 · Spatial autocorrelation', measure: measureAutocorrelation },
  density: { title: '密度与聚类 · Density and clusters', measure: measureDensity },
  scan: { title: '扫描统计量 · The scan statistic', measure: measureScan },
  'hot-spots': { title: '热点 · Hot spots', measure: measureHotSpots },
  parameters: { title: '改变参数 · Another parameter', measure: measureAnalysis },
  live: { title: '实时推送 · The live stream', measure: measureLive },
  'step-cost': { title: '办理一步 · Taking a step', measure: measureStepCost },
  'sign-in': { title: '登录 · Signing in', measure: measureSignIn },
  warning: { title: '预警 · Early warnings', measure: measureWarnings },
  duplicates: { title: '重复件 · Duplicates', measure: measureDuplicates },
  hostile: { title: '恶意文件 · Hostile files', measure: measureHostileFiles },
}

function measureGrids(address: string, scratch: string): Promise<Figure> {
  return measureCachedAnswer(`${address}/api/collections/grids/items`, scratch, {
    zh: '缓存的网格集合：每秒请求数与裸 node:http 发送同样字节之比',
    en: 'cached grids: requests/s against a bare node:http server sending the same bytes',
  })
}

/** With the product running on a database of its own. */
async function served(measure: (address: string) => Promise<Figure[]>): Promise<Figure[]> {
  const product = await startProduct()
  try {
    return await measure(product.address)
  } finally {
    await product.stop()
  }
}

const asked = process.argv.slice(2)
const unknown = asked.filter((name) => !(name in parts))
if (unknown.length > 0)
  throw new Error(`${unknown.join(', ')}: 没有这一部分 · no such part; there are ${Object.keys(parts).join(', ')}`)
const scratch = mkdtempSync(join(tmpdir(), 'minqing-bench-'))
const figures: Figure[] = []
try {
  for (const [name, { title, measure }] of Object.entries(parts)) {
    if (asked.length > 0 && !asked.includes(name)) continue
    process.stdout.write(`${title} …\n`)
    // One at a time: each has the machine for itself.
    figures.push(...(await measure(scratch)))
  }
} finally {
  rmSync(scratch, { recursive: true, force: true })
}
report('bench', figures)
