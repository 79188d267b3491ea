import type { FeatureCollection, Polygon } from 'geojson'

/** 96 is no province: a street of the benches alone. */
const street = '960101001'
const west = 114.2
const south = 30.5
const side = 0.005
/** 6 × 6 grids in one community. */
const across = 6

export function generateGrids(): FeatureCollection<Polygon> {
  const features = Array.from({ length: across * across }, (_, index) => {
    const [x, y] = [west + (index % across) * side, south + Math.floor(index / across) * side]
    const ring = [
      [x, y],
      [x + side, y],
      [x + side, y + side],
      [x, y + side],
      [x, y],
    ]
    const code = `${street}001${String(index + 1).padStart(3, '0')}`
    const geometry: Polygon = { type: 'Polygon', coordinates: [ring] }
    return { type: 'Feature' as const, properties: { code, name: `第${index + 1}网格` }, geometry }
  })
  return { type: 'FeatureCollection', features }
}

const types = ['邻里', '物业', '环境污染', '劳动争议', '消费', '合同']
const channels = ['12345', '网格员上报', '来访', '小程序']
const troubles = ['楼上漏水', '夜间噪声扰民', '楼道堆物', '物业费争议', '拖欠工资', '油烟扰民', '停车位争抢']

/** A ledger as a hotline exports it, the same for the same seed; every line lies in one of the grids. */
export function* generateLedger(rows: number, seed: number): Generator<string> {
  yield '事件编号,类型,渠道,标题,内容,地址,上报时间,经度,纬度\n'
  const next = mulberry32(seed)
  const pick = (words: string[]) => words[Math.floor(next() * words.length)] ?? ''
  const first = Date.parse('2025-01-01T00:00:00+08:00')
  for (let row = 1; row <= rows; row += 1) {
    const trouble = pick(troubles)
    const address = `基准路${Math.ceil(next() * 300)}号${Math.ceil(next() * 20)}栋`
    const at = new Date(first + Math.floor(next() * 600 * 86_400_000)).toISOString()
    const lon = (west + next() * across * side).toFixed(7)
    const lat = (south + next() * across * side).toFixed(7)
    const text = `居民反映${address}${trouble}，已持续${Math.ceil(next() * 30)}天，请派人处理。`
    yield `B${String(row).padStart(8, '0')},${pick(types)},${pick(channels)},${trouble},"${text}",${address},${at},${lon},${lat}\n`
  }
}

/** Tommy Ettinger's mulberry32: small, fast, the same everywhere. */
function mulberry32(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}
