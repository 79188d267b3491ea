import { requestRate, uncached } from '../request-rate.ts'
import { median, type Figure } from '../figure.ts'

const rounds = 3

/**
 * The grids of a city as GeoJSON, cached, against the same pages built for each request (read, written, compressed):
 * the first page of 10,000 and the one of the rest, of which the worse counts.
 */
export async function measureManyGrids(address: string): Promise<Figure> {
  const first = `${address}/api/collections/grids/items?limit=10000`
  const page = (await (await fetch(first)).json()) as {
    numberMatched: number
    links: { rel: string; href: string }[]
  }
  const next = page.links.find(({ rel }) => rel === 'next')?.href
  if (next === undefined) throw new Error(`${first} has ${page.numberMatched} grids: this is no city`)
  const measured: Figure['measured'] = { grids: page.numberMatched }
  const ratios = Object.entries({ 'first page': first, 'last page': next }).map(([name, url]) => {
    // Cached before many ask at once: of large answers that are not, a client gets a few at a time.
    requestRate(url, { seconds: 1, connections: 1 })
    const pairs = Array.from({ length: rounds }, () => ({
      cached: requestRate(url),
      // Two at a time keep both cores busy; more would only wait for each other.
      built: requestRate(url, { seconds: 8, connections: 2, headers: [uncached] }),
    }))
    measured[`${name}, cached/s`] = Math.round(median(pairs.map(({ cached }) => cached)))
    measured[`${name}, built/s`] = median(pairs.map(({ built }) => built)).toFixed(2)
    return median(pairs.map(({ cached, built }) => cached / built))
  })
  return {
    claim: {
      zh: '12,000 个网格（GeoJSON）：缓存与每次现做的每秒请求数之比',
      en: '12,000 grids as GeoJSON: requests/s cached against built each time',
    },
    value: Math.min(...ratios),
    unit: ' ×',
    limit: { atLeast: 200 },
    measured,
  }
}
