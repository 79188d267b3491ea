import { demoStreetCode } from '@minqing/data/demo/identity'
import type { Database, Transaction } from '../store/connect.ts'

/** How the demo in a database was made. */
export type DemoState = { seed: number; model: number; madeAt: string; carriedTo: string }

/** Undefined where there is no demo. */
export async function readDemoState(transaction: Transaction | Database): Promise<DemoState | undefined> {
  const [state] = await transaction<DemoState[]>`
    select seed, model, made_at, carried_to from demo_state where street_code = ${demoStreetCode}`
  return state
}
