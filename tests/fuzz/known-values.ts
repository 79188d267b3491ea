import type { FeatureCollection } from 'geojson'
import type { Known } from './generate-requests.ts'

const collections = ['streets', 'communities', 'grids', 'buildings', 'incidents', 'facilities']

/** Ids, codes and tiles that exist in a served database, by the names of the parameters that take them. */
export async function knownValues(address: string): Promise<Known> {
  const ids = await Promise.all(
    collections.map(async (collection) => {
      const response = await fetch(`${address}/api/collections/${collection}/items?limit=3`)
      const { features } = (await response.json()) as FeatureCollection
      return features.map(({ id }) => String(id))
    }),
  )
  const [streets = [], communities = [], grids = [], , incidents = []] = ids
  const areas = [...streets, ...communities, ...grids]
  return new Map([
    ['featureId', ids.flat()],
    ['code', areas],
    ['area', areas],
    ['street', streets],
    ['number', incidents.map((id) => id.slice(10))],
    ['z', ['0', '14', '16']],
    ['x', ['0', '13000', '52400']],
    ['y', ['0', '6700', '27000']],
    ['id', ['{import}']],
  ])
}

const ledger = '编号,标题,经度,纬度,时间,事项\n1,漏水,114.305,30.605,2024-05-01,邻里\n'

/** Uploads a small ledger; returns the id under which it waits. */
export async function uploadFile(address: string): Promise<string> {
  const headers = { 'content-disposition': "attachment; filename*=UTF-8''%E5%8F%B0%E8%B4%A6.csv" }
  for (;;) {
    const response = await fetch(`${address}/api/imports`, { method: 'POST', headers, body: ledger })
    const { id } = (await response.json()) as { id?: string }
    if (id !== undefined) return id
    // Others are being looked at.
    if (response.status !== 429 && response.status !== 503) throw new Error(`uploading answered ${response.status}`)
    await new Promise((resolve) => setTimeout(resolve, 500))
  }
}
