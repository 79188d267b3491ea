import type { Fragment } from '../store/conditions.ts'
import type { Transaction } from '../store/connect.ts'

/**
 * Sorts the sub-districts `area a` by what a page begins with: those of an office, then the demo, then those that exist
 * only because a base map or a building was imported for them, without a community and without an incident.
 *
 * @param newest time of the newest incident of `a`, null where there is none
 */
export function streetRank(transaction: Transaction, newest: Fragment): Fragment {
  return transaction`
    case when a.source = 'demo' then 1
      when a.source = 'derived' and ${newest} is null
        and not exists (select from area c where c.street_code = a.code and c.level = 'community') then 2
      else 0 end`
}
