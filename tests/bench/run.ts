/** The bench command: measures each claim of the README in one run, and fails when one does not hold. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { cpus, tmpdir } from 'node:os'
import { join } from 'node:path'
import { startProduct } from '../setup/start-product.ts'
import { measureCachedGrids } from './cached-grids.ts'
import { measureColumns } from './columns.ts'
import { asTable, holds, type Figure } from './figure.ts'
import { measureHeat } from './heat.ts'
import { measureImport } from './import-rows.ts'
import { measureMapPage } from './map-page.ts'

const results = join(import.meta.dirname, 'results')

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
    const grids = await measureCachedGrids(product.address, scratch)
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

const figures = await measure()
mkdirSync(results, { recursive: true })
const file = join(results, `${new Date().toISOString().replaceAll(':', '-')}.json`)
const machine = { cpu: cpus()[0]?.model, cores: cpus().length, node: process.version, platform: process.platform }
writeFileSync(file, `${JSON.stringify({ machine, figures }, null, 2)}\n`)

say(`\n${asTable(figures)}\n`)
for (const { claim, measured } of figures) say(`${claim.en}: ${JSON.stringify(measured)}`)
say(`\n${file}`)
const broken = figures.filter((figure) => !holds(figure))
for (const { claim } of broken) say(`未达到 · Not reached: ${claim.zh} · ${claim.en}`)
process.exitCode = broken.length === 0 ? 0 : 1
