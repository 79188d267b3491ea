import { addressKey } from '@minqing/data/addresses/normalise'
import type { Gazetteer } from '@minqing/data/addresses/gazetteer'
import { matchAddress, type AddressMatch } from '@minqing/data/addresses/match'
import type { AddressTarget } from '@minqing/data/addresses/named-places'
import type { Label } from '@minqing/data/domain/label'
import { FileProblem } from '@minqing/data/formats/file-problem'
import type { Transaction } from '../../store/connect.ts'

/** What was decided for an address: the code of a building or area or a known address, '' for no place at all. */
export type Answers = ReadonlyMap<string, string>

/** The words for “no place at all”. */
const nowhere = new Set(['-', '无', '不定位', 'none'])

/** What a person said of a file's addresses, by the form in which they are compared. */
export function answersOf(given: ReadonlyMap<string, string>): Answers {
  return new Map(
    [...given].map(([address, target]) => [addressKey(address), nowhere.has(target.toLowerCase()) ? '' : target]),
  )
}

/** The answers that are remembered of a street: the newest of each address. */
export async function readAnswers(transaction: Transaction, street: string): Promise<Answers> {
  const rows = await transaction<{ address: string; target: string }[]>`
    select distinct on (address) address, target from address_answer
    where street_code = ${street} order by address, import_batch desc`
  return new Map(rows.map(({ address, target }) => [address, target]))
}

/** What an answer means; null where nothing is known by it (any more), or more than one place. */
export function answered(gazetteer: Gazetteer, answer: string): AddressMatch | null {
  if (answer === '') return { place: null, undecided: [] }
  const target = gazetteer.target(answer)
  if (target !== undefined) return { place: { target, certainty: 1 }, undecided: [] }
  if (isCode(answer)) return null
  const { place, undecided } = matchAddress(gazetteer, answer, { communityCode: null, gridCode: null })
  return place === null || undecided.length > 0 ? null : { place: { ...place, certainty: 1 }, undecided: [] }
}

const isCode = (answer: string) => /^\d{9,17}$/.test(answer)

/** Suggestions that a refusal names. */
const mostNear = 5

/** What is known near an answer that means nothing: codes that differ in little, or places that it may mean. */
export function near(gazetteer: Gazetteer, answer: string): AddressTarget[] {
  if (isCode(answer)) {
    const known = [...gazetteer.areas.values(), ...gazetteer.buildings.values()]
    return known
      .map((target) => ({ target, apart: difference(answer, target.id) }))
      .toSorted((one, other) => one.apart - other.apart)
      .slice(0, mostNear)
      .map(({ target }) => target)
  }
  const { place, undecided } = matchAddress(gazetteer, answer, { communityCode: null, gridCode: null })
  return [...undecided, ...(place === null ? [] : [place])].slice(0, mostNear).map(({ target }) => target)
}

/** Digits in which two codes differ, those that one of them lacks included. */
function difference(one: string, other: string): number {
  const longer = Math.max(one.length, other.length)
  return Array.from({ length: longer }, (_, at) => one[at] !== other[at]).filter(Boolean).length
}

/** The refusal of an answer that no street of the file understands. */
export function meaningless(address: string, answer: string, known: readonly AddressTarget[]): FileProblem {
  const list = known.map(({ id, label }) => (label === id ? id : `${label}（${id}）`)).join('、')
  return new FileProblem(
    `--place ${address}=${answer}：没有楼栋或区域叫“${answer}”，或者不止一处。${list === '' ? '请写楼栋或区域的编码，或库中已有的地址' : `相近的有：${list}`}；不定位写 -`,
    `--place ${address}=${answer}: nothing is known as “${answer}”, or more than one place. ${list === '' ? 'Write the code of a building or area, or a known address' : `Near it: ${list}`}; - for nowhere`,
  )
}

/** Addresses that a note names. */
const mostNamed = 10

/** The note on answers for addresses that no row to be placed has; null where there are none. */
export function notInFile(given: Iterable<string>, used: ReadonlySet<string>): Label | null {
  const addresses = [...given].filter((address) => !used.has(addressKey(address)))
  if (addresses.length === 0) return null
  const named = addresses.slice(0, mostNamed)
  const others = addresses.length - named.length
  return {
    zh: `--place 指定的地址“${named.join('”“')}”${others === 0 ? '' : `等 ${addresses.length} 个`}，文件中没有坐标的行都不是这样写的：没有使用，也不会记住。请照文件（或结果中列出的地址）改正写法后再导入一次，或去掉这一项`,
    en: `--place gives a meaning to “${named.join('”, “')}”${others === 0 ? '' : ` and ${others} more`}, but no row without a position has such an address: not used and not remembered. Write it as the file (or the list in the result) does and import again, or leave it out`,
  }
}

/** Remembers what came with a file, for later ones of the same street. */
export async function rememberAnswers(
  transaction: Transaction,
  street: string,
  answers: Answers,
  batch: number,
): Promise<void> {
  await transaction`
    insert into address_answer (street_code, address, target, import_batch)
    select ${street}, a.address, a.target, ${batch}
    from unnest(${[...answers.keys()]}::text[], ${[...answers.values()]}::text[]) as a (address, target)`
}

/** Undoes the answers that came with an import: those of before count again. */
export async function forgetAnswers(
  transaction: Transaction,
  streets: readonly string[],
  batch: number,
): Promise<void> {
  await transaction`
    delete from address_answer where street_code = any(${[...streets]}::text[]) and import_batch = ${batch}`
}
