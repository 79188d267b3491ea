import { instantsOf, type KnownPeriod } from '@minqing/data/domain/figure-periods'
import type { FigureCase, FigureCases } from '@minqing/data/domain/figure-answers'
import { type FigureDivision, type FigureName, type FigurePart, noGroup } from '@minqing/data/domain/figures'
import type { Transaction } from '../store/connect.ts'
import type { Scope } from '../store/scope.ts'
import { askedStreets } from './asked-streets.ts'
import { caseFacts, type FigureQuestion } from './case-facts.ts'
import { groupKey } from './count-figures.ts'
import { figureCondition } from './figure-conditions.ts'

export type AskedCases = {
  area: string | undefined
  period: KnownPeriod
  figure: FigureName
  part: FigurePart
  /** One group of a division. */
  group: { by: FigureDivision; key: string } | undefined
  /** The last case of the page before. */
  after: { street: string; number: string } | undefined
  limit: number
}

/**
 * The cases that a figure counts, streets and numbers descending: as many as the figure says.
 *
 * @throws ProblemError `bad_parameter` for more cases than can be read
 */
export async function listCases(transaction: Transaction, scope: Scope, asked: AskedCases): Promise<FigureCases> {
  const { area, period, figure, part, after, limit } = asked
  const condition = figureCondition(figure, part)
  if (condition === null) return { cases: [], next: null }
  const question = { area, ...instantsOf(period), asOf: new Date(period.asOf) }
  const streets = (await askedStreets(transaction, scope, area))
    .filter((street) => after === undefined || street <= after.street)
    .toReversed()
  const found: FigureCase[] = []
  for (const street of streets) {
    if (found.length > limit) break
    const last = street === after?.street ? after.number : undefined
    const rows = await listStreet(transaction, street, question, { ...asked, condition, last })
    found.push(...rows.slice(0, limit + 1 - found.length))
  }
  const cases = found.slice(0, limit)
  const end = cases.at(-1)
  const isMore = found.length > limit && end !== undefined
  return { cases: await named(transaction, cases), next: isMore ? `${end.streetCode}-${end.number}` : null }
}

async function listStreet(
  transaction: Transaction,
  street: string,
  question: FigureQuestion,
  {
    condition,
    group,
    last,
    limit,
  }: Pick<AskedCases, 'group' | 'limit'> & { condition: string; last?: string | undefined },
): Promise<FigureCase[]> {
  const key = group === undefined ? transaction`''` : groupKey(transaction, group.by, question.area)
  return transaction<FigureCase[]>`
    ${caseFacts(transaction, street, question)}
    select ${street} as street_code, number, type, channel, status, area_code, null as area_name,
      nullif(unit, '') as unit, reported_at, due_at, closed_at
    from facts
    where ${transaction.unsafe(condition)} and coalesce(${key}, ${noGroup}) = ${group?.key ?? ''}
      ${last === undefined ? transaction`` : transaction`and number < ${last}`}
    order by number desc limit ${limit + 1}`
}

async function named(transaction: Transaction, cases: readonly FigureCase[]): Promise<FigureCase[]> {
  const codes = [...new Set(cases.map(({ areaCode }) => areaCode))]
  const names = await transaction<{ code: string; name: string }[]>`
    select code, name from area where code = any(${codes})`
  const nameOf = new Map(names.map(({ code, name }) => [code, name]))
  return cases.map((one) => ({ ...one, areaName: nameOf.get(one.areaCode) ?? null }))
}
