import type { ImportQuestion } from '@minqing/data/domain/import'
import type { Transaction } from '../../store/connect.ts'
import type { ImportPlan } from '../plan.ts'
import { areaStem } from '@minqing/data/addresses/area-names'

type Street = { code: string; name: string }

/**
 * What to ask where the sub-district said for a file is not known: one mistyped digit would put a whole ledger where
 * nobody looks for it. Null where it is known or confirmed, and for the first one of a database, which is named.
 */
export async function askStreet(
  transaction: Transaction,
  { street, newStreet }: Pick<ImportPlan, 'street' | 'newStreet'>,
): Promise<ImportQuestion | null> {
  if (street === null || street.code === newStreet) return null
  const known = await transaction<(Street & { demo: boolean })[]>`
    select code, name, source = 'demo' as demo from area where level = 'street' order by code`
  if (known.some(({ code }) => code === street.code)) return null
  const real = known.filter(({ demo }) => !demo)
  if (real.length === 0 && street.name !== null) return null
  const nearest = nearestStreet(street, real)
  const called = street.name === null ? '' : `“${street.name}”`
  const create = { zh: `新建街道 ${street.code}${called}`, en: `Create sub-district ${street.code}${called}` }
  const answers = [{ label: create, choices: { newStreet: street.code } }]
  if (nearest === null)
    return {
      about: 'street',
      label: {
        zh: `还没有编码为 ${street.code} 的街道${called}。若要新建，请写明名称（--street ${street.code}=街道名称），或加 --new-street`,
        en: `There is no sub-district ${street.code}${called} yet. To create it, give its name (--street ${street.code}=name) or add --new-street`,
      },
      answers,
    }
  const other = `${nearest.code}“${nearest.name}”`
  return {
    about: 'street',
    label: {
      zh: `还没有编码为 ${street.code} 的街道${called}；最接近的是 ${other}。若是笔误，请改为 --street ${nearest.code}；若确实要新建 ${street.code}，请加 --new-street`,
      en: `There is no sub-district ${street.code}${called} yet; the nearest is ${other}. If the code is mistyped, use --street ${nearest.code}; to create ${street.code}, add --new-street`,
    },
    answers: [{ label: { zh: `改为 ${other}`, en: `Use ${other}` }, choices: { street: nearest.code } }, ...answers],
  }
}

/** The one of the same name, else the one whose code has the most digits in common with what was said. */
function nearestStreet(
  { code, name }: { code: string; name: string | null },
  streets: readonly Street[],
): Street | null {
  const alike = name === null ? undefined : streets.find((other) => areaStem(other.name) === areaStem(name))
  if (alike !== undefined) return alike
  const shared = (other: Street) => other.code.split('').filter((digit, index) => digit === code[index]).length
  return streets.toSorted((left, right) => shared(right) - shared(left))[0] ?? null
}
