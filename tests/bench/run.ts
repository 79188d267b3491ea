/** The bench command: measures each claim of the README in one run, and fails when one does not hold. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startProduct } from '../setup/start-product.ts'
import { measureCachedAnswer } from './cached-answer.ts'
import { measureColumns } from './columns.ts'
import type { Figure } from './figure.ts'
import { measureHeat } from './heat.ts'
import { measureImport } from './import-rows.ts'
import { measureMapPage } from './map-page.ts'
import { report } from './report.ts'

function say(line: string): void {
  process.stdout.write(`${line}\n`)
}

async function measure(): Promise<Figure[]> {
  const scratch = mkdtempSync(join(tmpdir(), 'minqing-bench-'))
  say('正在启动 · Starting the product on a database of its own …')
  const product = await startProduct()
  try {
    say('地图页 · The map page …')
    const page = await measureMapPage(product.address)
    say('网格集合 · The grids collection …')
    const grids = await measureCachedAnswer(`${product.address}/api/collections/grids/items`, scratch, {
      zh: '缓存的网格集合每秒请求数，与发送相同字节的裸 node:http 服务之比',
      en: 'requests/s of the cached grids collection against a bare node:http server sending the same bytes',
    })
    say('热力 · The heat …')
    const heat = await measureHeat(scratch)
    say('导入 · The import …')
    const rows = await measureImport(scratch)
    say('列 · Columns …')
    const columns = measureColumns()
    return [...columns, ...page, ...heat, grids, ...rows]
  } finally {
    await product.stop()
    rmSync(scratch, { recursive: true, force: true })
  }
}

report('bench', await measure())
