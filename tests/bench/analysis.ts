import type { AnalysisQuestion, AnalysisState } from '@minqing/data/domain/analysis'
import { startProduct } from '../setup/start-product.ts'
import { type Figure, median } from './figure.ts'

type Question = Partial<Omit<AnalysisQuestion, 'method'>> & { method: 'hot-spots' }

/** Parameters that a question is asked with after the first one. */
const changes: Record<'grid' | 'square', Partial<Omit<AnalysisQuestion, 'method'>>[]> = {
  grid: [
    { measure: 'count' },
    { measure: 'density' },
    { counted: 'both' },
    { counted: 'both', measure: 'count' },
    { reach: 300 },
    { reach: 500 },
  ],
  square: [
    { measure: 'density' },
    { counted: 'both' },
    { counted: 'both', measure: 'density' },
    { counted: 'discovered' },
    { size: 80 },
    { size: 100 },
  ],
}

/**
 * Hot spots of the demo street by each unit, on a product that was just started: the first question until its map and
 * the robustness of its hot spots are there, and then other parameters until the new map is there.
 */
export async function measureAnalysis(): Promise<Figure[]> {
  const measured: Record<string, string> = {}
  const ratios: number[] = []
  for (const unit of ['grid', 'square'] as const) {
    const product = await startProduct()
    try {
      const first = await timeOf(product.address, { method: 'hot-spots', unit })
      const others: number[] = []
      for (const change of changes[unit])
        others.push((await timeOf(product.address, { method: 'hot-spots', unit, ...change })).map)
      ratios.push(median(others) / first.whole)
      measured[unit] =
        `first ${first.whole.toFixed(0)} ms (map ${first.map.toFixed(0)}), then ${others.map((time) => time.toFixed(0)).join(', ')} ms`
    } finally {
      await product.stop()
    }
  }
  return [
    {
      claim: {
        zh: '演示街道的热点：改变参数后到新地图与首次完整分析（含稳健性）的用时之比（中位数，网格与方格中较差的）',
        en: 'hot spots of the demo street: time of another parameter to its map against the first whole run with robustness (median, the worse of grids and squares)',
      },
      value: Math.max(...ratios),
      unit: ' ×',
      limit: { atMost: 0.1 },
      measured,
    },
  ]
}

/** Milliseconds from the question until the map's bytes are parsed, and until all is known. */
async function timeOf(address: string, question: Question): Promise<{ map: number; whole: number }> {
  const start = performance.now()
  let state = await answerOf<AnalysisState>(`${address}/api/analyses`, question)
  const next = async () => (state = await answerOf<AnalysisState>(`${address}/api/analyses/${state.id}?wait=400`))
  while (state.state === 'running') await next()
  await answerOf(`${address}/api/analyses/${state.id}/result`)
  const map = performance.now() - start
  while (state.progress < 1) await next()
  return { map, whole: performance.now() - start }
}

async function answerOf<T>(address: string, body?: unknown): Promise<T> {
  const posted = { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }
  const response = await fetch(address, body === undefined ? {} : posted)
  if (!response.ok) throw new Error(`${address}: ${response.status} ${await response.text()}`)
  return (await response.json()) as T
}
