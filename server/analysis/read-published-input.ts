import { type AnalysisQuestion, hasPublishedForm, unitsFor } from '@minqing/data/domain/analysis'
import type { IncidentFilter } from '@minqing/data/domain/incident-filter'
import type { Label } from '@minqing/data/domain/label'
import { ProblemError } from '@minqing/data/domain/problem'
import { selectedGroups } from '../published/select-groups.ts'
import { readWithheldAreas } from '../published/withheld-buildings.ts'
import type { Transaction } from '../store/connect.ts'
import type { Scope } from '../store/scope.ts'
import { type AnalysisInput, countsOf } from './analysis-input.ts'
import { earlierPeriod, readPlaces, withoutEarlier } from './read-input.ts'

/**
 * Reads what a question with the basis `published` is about: the counts and households of areas that an export without
 * single cases has, and nothing else, so that all figures of its result follow from these
 * (docs/decisions/0079-analyses-of-published-counts.md).
 *
 * @param transaction that sees whole streets (`wholeStreets`)
 * @param scope of who asks
 * @throws ProblemError `bad_parameter` for units, origins, facets or periods that would take groups apart
 */
export async function readPublishedInput(
  transaction: Transaction,
  question: AnalysisQuestion,
  scope: Scope,
  now: Date,
): Promise<AnalysisInput> {
  const { unit, counted, method, filter } = question
  if (!hasPublishedForm(method)) throw cannot('method', countMethods)
  if (!unitsFor(question).includes(unit)) throw cannot('unit', areasOnly)
  if (counted !== 'both') throw cannot('counted', bothOrigins)
  const withheld = await readWithheldAreas(transaction)
  const places = (await readPlaces(transaction, question, scope)).map((place) =>
    withheld.has(place.code) ? { ...place, households: null } : place,
  )
  const read = async (own: IncidentFilter) => countsOf(places, await sumsOf(transaction, own, scope, now))
  const compared = method === 'comparison' ? earlierPeriod(question) : null
  const found = await read(filter)
  if (compared === null) return { question, places, ...found, days: null, homes: null, earlier: null }
  const { from, to, exposure } = compared
  const { counts } = await read({ ...filter, from, to })
  if (counts.every((count) => count === 0)) throw withoutEarlier()
  return { question, places, ...found, days: null, homes: null, earlier: { counts, positions: null, exposure } }
}

/** Sums of whole groups by the area that they lie in; one that lies in a larger area than a unit is in no unit. */
async function sumsOf(transaction: Transaction, filter: IncidentFilter, scope: Scope, now: Date) {
  const sums = new Map<string, number>()
  for await (const { groups } of selectedGroups(transaction, { filter, now, circulation: 'internal', scope }))
    for (const { area, count } of groups) sums.set(area, (sums.get(area) ?? 0) + count)
  return [...sums].map(([code, total]) => ({ code, total }))
}

const areasOnly = {
  zh: '请选择网格或社区作为统计单元',
  en: 'Choose grids or communities as units',
}
const countMethods = {
  zh: '请改用热点、局部莫兰指数、扫描统计量或两期对比',
  en: 'Choose hot spots, local Moran, the scan statistic or a comparison',
}
const bothOrigins = {
  zh: '请把统计来源改为“全部来源”',
  en: 'Choose both origins',
}

function cannot(parameter: string, remedy: Label): ProblemError {
  return new ProblemError(
    'bad_parameter',
    {
      zh: '可公布的计数只按网格或社区、时段（整月）和类型给出，不区分来源',
      en: 'Published counts are of grids or communities, whole months and types, of both origins together',
    },
    { parameter, remedy },
  )
}
