import { seriesStart } from '@minqing/data/demo/series/make-series'
import { streetSites, type DemoScale } from '@minqing/data/demo/city/site'
import { makeStreet } from '@minqing/data/demo/street'
import { type DemoTruth, truthOf } from '@minqing/data/demo/truth'
import type { Database } from '../store/connect.ts'
import { seedOfStreet } from './make-street-text.ts'

type Row = { streetCode: string; scale: DemoScale; seed: number; madeAt: string; carriedTo: string }

/** What was planted in each street of the demo; nothing where there is none. */
export async function demoTruth(database: Database): Promise<DemoTruth[]> {
  const streets = await database<Row[]>`
    select street_code, scale, seed, made_at, carried_to from demo_state order by street_code`
  return streets.map(({ streetCode, scale, seed, madeAt, carriedTo }) => {
    const made = new Date(madeAt)
    const index = streetSites(scale, seed).findIndex(({ code }) => code === streetCode)
    const own = scale === 'street' ? seed : seedOfStreet(seed, index)
    const begun = seriesStart(scale, made.getTime())
    return truthOf(
      makeStreet(own, made.getUTCFullYear(), streetSites(scale, seed)[index]),
      begun,
      Date.parse(carriedTo),
    )
  })
}
