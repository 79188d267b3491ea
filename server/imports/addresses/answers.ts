import { addressKey } from '@minqing/data/addresses/normalise'
import type { Gazetteer } from '@minqing/data/addresses/gazetteer'
import { matchAddress, type AddressMatch } from '@minqing/data/addresses/match'
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

/** The answers that are remembered of a street. */
export async function readAnswers(transaction: Transaction, street: string): Promise<Answers> {
  const rows = await transaction<{ address: string; target: string }[]>`
    select address, target from address_answer where street_code = ${street}`
  return new Map(rows.map(({ address, target }) => [address, target]))
}

/** What an answer means; null where nothing is known by it any more. */
export function answered(gazetteer: Gazetteer, answer: string): AddressMatch | null {
  if (answer === '') return { place: null, undecided: [] }
  const target = gazetteer.buildings.get(answer) ?? gazetteer.areas.get(answer)
  if (target !== undefined) return { place: { target, certainty: 1 }, undecided: [] }
  const { place } = matchAddress(gazetteer, answer, { communityCode: null, gridCode: null })
  return place === null ? null : { place: { ...place, certainty: 1 }, undecided: [] }
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
    from unnest(${[...answers.keys()]}::text[], ${[...answers.values()]}::text[]) as a (address, target)
    on conflict (street_code, address) do update
    set former = address_answer.target, target = excluded.target, import_batch = excluded.import_batch, decided_at = now()
    where address_answer.target <> excluded.target`
}

/** Undoes the answers that came with an import. */
export async function forgetAnswers(
  transaction: Transaction,
  streets: readonly string[],
  batch: number,
): Promise<void> {
  const inStreets = [...streets]
  await transaction`
    update address_answer set target = former, former = null, import_batch = 0
    where street_code = any(${inStreets}::text[]) and import_batch = ${batch} and former is not null`
  await transaction`
    delete from address_answer where street_code = any(${inStreets}::text[]) and import_batch = ${batch}`
}
