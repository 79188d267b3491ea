import { codeLength } from '@minqing/data/domain/area-code'
import { type ComparedPeriods, instantsOf, type KnownPeriod } from '@minqing/data/domain/figure-periods'
import type { Figures } from '@minqing/data/domain/figure-answers'
import {
  type FigureDivision,
  figureNames,
  figureOf,
  figureParts,
  type FigureValue,
  figureValue,
  firstTimes,
  noGroup,
} from '@minqing/data/domain/figures'
import type { Fragment } from '../store/conditions.ts'
import type { Transaction } from '../store/connect.ts'
import type { Scope } from '../store/scope.ts'
import { askedStreets } from './asked-streets.ts'
import { caseFacts, type FigureQuestion } from './case-facts.ts'
import { figureCondition, timeColumns } from './figure-conditions.ts'

export type AskedFigures = {
  area: string | undefined
  periods: ComparedPeriods
  by: FigureDivision | undefined
}

/** Groups of a division that are sent: more than a page shows. Those with the fewest cases are left out. */
const mostGroups = 500

/**
 * Of some cases: numerator, denominator and unknown of each figure, and of each first time the minutes that it took, in
 * their order. The times are those of each case, because medians of streets do not add up.
 */
export type Sums = { counts: number[]; times: number[][] }
type Counted = { all: Sums; groups: Map<string, Sums> }

/**
 * Every figure of the closed loop, in a period and in those that it is compared with, each as known equally long after its
 * end.
 *
 * @throws ProblemError `bad_parameter` for more cases than can be read
 */
export async function countFigures(transaction: Transaction, scope: Scope, asked: AskedFigures): Promise<Figures> {
  const { area, periods, by } = asked
  const streets = await askedStreets(transaction, scope, area)
  const count = async (period: KnownPeriod, division?: FigureDivision) => {
    const question = { area, ...instantsOf(period), asOf: new Date(period.asOf) }
    return countStreets(transaction, streets, question, division)
  }
  const current = await count(periods.current, by)
  const previous = await count(periods.previous)
  // Of a year they are the same.
  const isSame = periods.lastYear.from === periods.previous.from && periods.lastYear.to === periods.previous.to
  const lastYear = isSame ? previous : await count(periods.lastYear)
  return {
    area: area ?? null,
    periods,
    current: valuesOf(current.all),
    previous: valuesOf(previous.all),
    lastYear: valuesOf(lastYear.all),
    groups: await namedGroups(transaction, current.groups, by),
  }
}

async function countStreets(
  transaction: Transaction,
  streets: readonly string[],
  question: FigureQuestion,
  by: FigureDivision | undefined,
): Promise<Counted> {
  const all = nothing()
  const groups = new Map<string, Sums>()
  for (const street of streets)
    for (const { key, isAll, ...sums } of await countStreet(transaction, street, question, by)) {
      const sum = isAll ? all : (groups.get(key ?? noGroup) ?? nothing())
      sums.counts.forEach((count, at) => (sum.counts[at]! += count))
      sums.times.forEach((times, at) => {
        for (const time of times) sum.times[at]!.push(time)
      })
      if (!isAll) groups.set(key ?? noGroup, sum)
    }
  return { all, groups }
}

async function countStreet(transaction: Transaction, street: string, question: FigureQuestion, by?: FigureDivision) {
  const sums = figureSums(transaction)
  const facts = caseFacts(transaction, street, question)
  const rows =
    by === undefined
      ? transaction`select null as key, true as is_all, ${sums} from facts`
      : transaction`
        select key, grouping(key) = 1 as is_all, ${sums}
        from (select *, ${groupKey(transaction, by, question.area)} as key from facts) own
        group by grouping sets ((), (key))`
  return transaction<(Sums & { key: string | null; isAll: boolean })[]>`${facts} ${rows}`
}

/** The columns `counts` and `times` of `Sums`. */
export function figureSums(transaction: Transaction): Fragment {
  const sums = figureNames
    .flatMap((figure) => figureParts.map((part) => figureCondition(figure, part)))
    .map((condition) => (condition === null ? '0' : `count(*) filter (where ${condition})`))
  const times = firstTimes.map(
    (figure) =>
      `coalesce(array_agg(round(extract(epoch from ${timeColumns[figure]}) / 60)::integer)
        filter (where ${figureCondition(figure, 'denominator')} and ${timeColumns[figure]} is not null), '{}')`,
  )
  return transaction`
    array[${transaction.unsafe(sums.join(', '))}]::integer[] as counts,
    json_build_array(${transaction.unsafe(times.join(', '))}) as times`
}

/** To which group of a division a row of `facts` belongs; null for none. */
export function groupKey(transaction: Transaction, by: FigureDivision, area: string | undefined): Fragment {
  switch (by) {
    case 'area': {
      const digits = Object.values(codeLength).find((length) => length > (area ?? '').length) ?? codeLength.grid
      return transaction`case when length(area_code) >= ${digits}::integer then left(area_code, ${digits}::integer) end`
    }
    case 'type':
      return transaction`type`
    case 'channel':
      return transaction`channel`
    case 'unit':
      return transaction`nullif(unit, '')`
  }
}

export function nothing(): Sums {
  return {
    counts: Array.from({ length: figureNames.length * figureParts.length }, () => 0),
    times: firstTimes.map(() => []),
  }
}

/** Of each figure, in their order: what `figureSums` counts. */
export function valuesOf({ counts, times }: Sums): FigureValue[] {
  return figureNames.map((figure, at) => {
    const [numerator = 0, denominator = 0, unknown = 0] = counts.slice(at * figureParts.length)
    const own = times[firstTimes.findIndex((first) => first === figure)]
    return figureValue(figure, numerator, figureOf(figure).denominator === null ? null : denominator, unknown, own)
  })
}

async function namedGroups(
  transaction: Transaction,
  groups: Counted['groups'],
  by: FigureDivision | undefined,
): Promise<Figures['groups']> {
  const total = ({ counts }: Sums) => counts.reduce((sum, count) => sum + count, 0)
  const shown = [...groups]
    .filter(([, sums]) => total(sums) > 0)
    .toSorted(([, one], [, other]) => total(other) - total(one))
    .slice(0, mostGroups)
    .toSorted(([one], [other]) => (one < other ? -1 : 1))
  const codes = by === 'area' ? shown.map(([key]) => key) : []
  const names =
    codes.length === 0
      ? []
      : await transaction<{ code: string; name: string }[]>`select code, name from area where code = any(${codes})`
  const nameOf = new Map(names.map(({ code, name }) => [code, name]))
  return shown.map(([key, sums]) => ({ key, name: nameOf.get(key) ?? null, figures: valuesOf(sums) }))
}
