import type { Database, Transaction } from '../store/connect.ts'
import { openScope, readAs } from '../store/scope.ts'
import { withAccounts } from './account-transaction.ts'

/**
 * How far a system has been set up. `demo`: there is nothing but invented data, and no account was ever made;
 * `first_account`: somebody has to make the first account; `accounts`: one was made once, which is for good.
 */
export type SetupStage = { kind: 'demo'; places: DemoPlaces } | { kind: 'first_account' } | { kind: 'accounts' }

/** Codes of what the roles of the demo are responsible for. */
export type DemoPlaces = {
  /** Of the first one, where it has several. */
  street: string
  community: string
  grid: string
  /** Whether the demo is one sub-district. */
  isOne: boolean
}

export async function readSetupStage(database: Database): Promise<SetupStage> {
  const [made] = await withAccounts(
    database,
    (transaction) => transaction`select from first_account where made_at is not null`,
  )
  if (made !== undefined) return { kind: 'accounts' }
  const places = await readAs(database, openScope, readDemoPlaces)
  return places === undefined ? { kind: 'first_account' } : { kind: 'demo', places }
}

/** Undefined where there is no demo, or areas or incidents of another sub-district beside it. */
async function readDemoPlaces(transaction: Transaction): Promise<DemoPlaces | undefined> {
  const streets = await transaction<{ streetCode: string }[]>`select street_code from demo_state order by street_code`
  const codes = streets.map(({ streetCode }) => streetCode)
  const [street] = codes
  if (street === undefined) return undefined
  const [others] = await transaction<{ found: boolean }[]>`
    select exists (select from area where street_code <> all(${codes}))
      or exists (select from incident_month where street_code <> all(${codes})) as found`
  if (others?.found !== false) return undefined
  const [grid] = await transaction<{ code: string; parentCode: string }[]>`
    select code, parent_code from area where street_code = ${street} and level = 'grid' order by code limit 1`
  return grid && { street, community: grid.parentCode, grid: grid.code, isOne: codes.length === 1 }
}
