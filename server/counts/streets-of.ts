import { codeLength, streetOf } from '@minqing/data/domain/area-code'
import type { Fragment } from '../store/conditions.ts'
import type { Transaction } from '../store/connect.ts'

/** The streets above, at or below an area, as a condition on rows that are kept by street; undefined for all. */
export function streetsOf(transaction: Transaction, area = ''): Fragment | undefined {
  if (area === '') return undefined
  return area.length < codeLength.street
    ? transaction`starts_with(street_code, ${area})`
    : transaction`street_code = ${streetOf(area)}`
}
