import { codeLength, streetOf } from '@minqing/data/domain/area-code'
import { ProblemError } from '@minqing/data/domain/problem'
import type { Transaction } from '../store/connect.ts'
import type { Scope } from '../store/scope.ts'

/** Cases of which figures are worked out within a request: some seconds. */
export const mostCases = 200_000

/**
 * The streets of an area that a scope shows at least a part of. Figures are read street by street from each one's log.
 *
 * @throws ProblemError `bad_parameter` where they have more cases than a request can read
 */
export async function askedStreets(
  transaction: Transaction,
  scope: Scope,
  area: string | undefined,
): Promise<string[]> {
  const asked = area ?? ''
  if (asked.length >= codeLength.street) {
    // Communities and grids are small.
    if (asked.length === codeLength.street) await refuseTooMany(transaction, [streetOf(asked)])
    return [streetOf(asked)]
  }
  const parts = scope.areas.map((one) => (one === 'all' ? '' : one))
  const named = parts.filter((one) => one.length >= codeLength.street && one.startsWith(asked)).map(streetOf)
  const wider = parts.filter((one) => one.length < codeLength.street)
  // One begins with the other, or they have nothing in common.
  const prefixes = wider.flatMap((one) => (one.startsWith(asked) ? [one] : asked.startsWith(one) ? [asked] : []))
  const counted = await Promise.all(
    prefixes.map(
      (prefix) => transaction<{ streetCode: string }[]>`
        select street_code from incident_month where starts_with(street_code, ${prefix}) group by street_code`,
    ),
  )
  const streets = [...new Set([...named, ...counted.flat().map(({ streetCode }) => streetCode)])].toSorted()
  await refuseTooMany(transaction, streets)
  return streets
}

/** Who sees a part of a street does not see its totals; its part is small. */
async function refuseTooMany(transaction: Transaction, streets: readonly string[]): Promise<void> {
  const [row] = await transaction<[{ total: number }]>`
    select coalesce(sum(total), 0)::bigint as total from incident_month where street_code = any(${[...streets]}::text[])`
  if (row.total <= mostCases) return
  throw new ProblemError(
    'bad_parameter',
    {
      zh: `这个范围有 ${row.total} 件事件，超过一次可计算的 ${mostCases} 件`,
      en: `The area has ${row.total} cases, more than the ${mostCases} of which figures are worked out at once`,
    },
    {
      parameter: 'area',
      remedy: {
        zh: '请选择更小的范围，例如一个社区或网格',
        en: 'Choose a smaller area, such as a community or grid',
      },
    },
  )
}
