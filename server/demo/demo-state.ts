import { type DemoScale, demoStreetCode } from '@minqing/data/demo/city/site'
import type { Database, Transaction } from '../store/connect.ts'

/** How the demo in a database was made. */
export type DemoState = { scale: DemoScale; seed: number; model: number; madeAt: string; carriedTo: string }

/** That of the first street, which every scale has; undefined where there is no demo. */
export async function readDemoState(transaction: Transaction | Database): Promise<DemoState | undefined> {
  const [state] = await transaction<DemoState[]>`
    select scale, seed, model, made_at, carried_to from demo_state where street_code = ${demoStreetCode}`
  return state
}
