import { codeLength, streetOf } from '@minqing/data/domain/area-code'
import { ProblemError } from '@minqing/data/domain/problem'
import type { Transaction } from '../store/connect.ts'
import { isWhole, type Scope } from '../store/scope.ts'

/**
 * The street as it was given, or the one in which the actor works.
 *
 * @param scope of the transaction
 * @param parameter where it can be given
 * @throws ProblemError `bad_parameter` where nobody gave one and there are several
 */
export async function findStreet(
  transaction: Transaction,
  given: string | undefined,
  scope: Scope,
  parameter = 'street',
): Promise<string> {
  if (given !== undefined) return given
  const known = isWhole(scope)
    ? (await transaction<{ code: string }[]>`select code from area where level = 'street' order by code limit 2`).map(
        ({ code }) => code,
      )
    : [...new Set(scope.areas.map(streetOf))]
  if (known.length === 1 && known[0]!.length === codeLength.street) return known[0]!
  throw new ProblemError(
    'bad_parameter',
    { zh: '未说明属于哪个街道', en: 'It is not said to which sub-district it belongs' },
    {
      parameter,
      remedy: { zh: `请给出 9 位街道代码 ${parameter}`, en: `Give the 9 digits of its code as ${parameter}` },
    },
  )
}
