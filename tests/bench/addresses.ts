import { createWriteStream, rmSync } from 'node:fs'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { makeStreet, type DemoStreet } from '@minqing/data/demo/street'
import { placeTables } from '../../server/demo/load-street.ts'
import { migrate } from '../../server/migrations/migrate.ts'
import { connect } from '../../server/store/connect.ts'
import { copyRows } from '../../server/store/copy-rows.ts'
import { placeWritten, writeAddresses } from '../reference/address-faults.ts'
import { startEmbeddedCluster } from '../setup/embedded-cluster.ts'
import type { Figure } from './figure.ts'
import { minqing } from './import-rows.ts'

const seeds = [1, 7]
const written = 20_000
const rows = 1_000_000
/** Addresses are written so many at a time. */
const atOnce = 10_000

/**
 * How addresses of the demo, written with the mistakes that people make, are placed at their buildings; and the time of
 * importing a million incidents that have nothing but such an address, against the same ones with positions.
 */
export async function measureAddresses(scratch: string): Promise<Figure[]> {
  return [...placedRight(), await placedFast(scratch)]
}

function placedRight(): Figure[] {
  const bySeed = seeds.map((seed) => placeWritten(seed, written))
  const measured = (of: 'precision' | 'recall') =>
    Object.fromEntries(seeds.map((seed, index) => [`seed ${seed}`, bySeed[index]?.[of] ?? Number.NaN]))
  return [
    {
      claim: {
        zh: '按地址定位到楼栋：其中正确的比例（演示地址加书写错误，两个种子中较差的）',
        en: 'placed at a building by address: share that is right (demo addresses with mistakes, the worse of two seeds)',
      },
      value: Math.min(...bySeed.map(({ precision }) => precision)),
      unit: '',
      limit: { atLeast: 0.98 },
      measured: { addresses: written, ...measured('precision') },
    },
    {
      claim: {
        zh: '同样的地址：定位到正确楼栋的比例',
        en: 'the same addresses: share placed at their building',
      },
      value: Math.min(...bySeed.map(({ recall }) => recall)),
      unit: '',
      limit: { atLeast: 0.9 },
      measured: { addresses: written, ...measured('recall') },
    },
  ]
}

async function placedFast(scratch: string): Promise<Figure> {
  const street = makeStreet(1, 2026)
  const { cluster, stop } = await startEmbeddedCluster({ durable: true })
  try {
    const database = connect({ url: cluster.url, poolSize: 1, statementTimeout: 0 })
    await migrate(database)
    await database.begin(async (transaction) => {
      for (const table of placeTables(street)) await copyRows(transaction, table)
    })
    const seconds = async (name: string, lines: Generator<string>) => {
      const file = join(scratch, name)
      await pipeline(Readable.from(lines), createWriteStream(file))
      const run = await minqing(cluster.url, ['import', 'incidents', file, '--street', street.code])
      rmSync(file)
      return run.seconds
    }
    const measured = await seconds('measured.csv', ledger(street, 'position'))
    await database`truncate incident, incident_step, log_head, incident_month, incident_total, overdue_horizon`
    const addressed = await seconds('addressed.csv', ledger(street, 'address'))
    const [placed] = await database<{ rows: number }[]>`
      select count(*) as rows from incident where position_source = 'address-building'`
    await database.end()
    return {
      claim: {
        zh: '导入 100 万件只有地址的事件：与同样而有坐标的用时之比',
        en: 'import of 1,000,000 incidents with addresses alone: time against the same with positions',
      },
      value: addressed / measured,
      unit: ' ×',
      limit: { atMost: 2 },
      measured: {
        'with addresses, s': addressed,
        'with positions, s': measured,
        'at a building': placed?.rows ?? 0,
        rows,
      },
    }
  } finally {
    await stop()
  }
}

/** The same incidents with where their buildings are, or with their addresses. */
function* ledger(street: DemoStreet, place: 'position' | 'address'): Generator<string> {
  const centers = new Map(street.buildings.map(({ code, center }) => [code, center]))
  const [somewhere] = street.buildings
  yield `事件编号,类型,渠道,标题,内容,上报时间,${place === 'address' ? '地址' : '经度,纬度'}\n`
  for (let first = 0; first < rows; first += atOnce)
    for (const [index, { text, building }] of writeAddresses(street, atOnce, first).entries()) {
      const { lon, lat } = centers.get(building ?? '') ?? somewhere!.center
      const at = new Date(Date.UTC(2025, 0, 1) + ((first + index) % 30_000) * 1_700_000).toISOString()
      const where = place === 'address' ? text.replaceAll(',', '，') : `${lon},${lat}`
      yield `B${String(first + index).padStart(8, '0')},邻里,12345,楼上漏水,居民反映楼上漏水，已持续数天，请派人处理。,${at},${where}\n`
    }
}
