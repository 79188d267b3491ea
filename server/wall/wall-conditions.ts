import { codeLength, streetOf } from '@minqing/data/domain/area-code'
import { isCounted } from '../counts/incident-conditions.ts'
import type { Fragment } from '../store/conditions.ts'
import type { Transaction } from '../store/connect.ts'

/** Cases of the wall's street or community, neither drafts nor void ones. Columns belong to `incident i`. */
export function wallCases(transaction: Transaction, area: string): Fragment {
  const community = area.length === codeLength.street ? transaction`` : transaction`and i.community_code = ${area}`
  return transaction`i.street_code = ${streetOf(area)} ${community} and ${isCounted(transaction)}`
}
