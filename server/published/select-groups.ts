import { codeLength } from '@minqing/data/domain/area-code'
import type { Circulation } from '@minqing/data/domain/export'
import type { IncidentFilter } from '@minqing/data/domain/incident-filter'
import { ProblemError } from '@minqing/data/domain/problem'
import type { Transaction } from '../store/connect.ts'
import { isWhole, type Scope } from '../store/scope.ts'
import { localMonthOf, monthBegin } from './months.ts'
import { type PublishedGroup, type PublishedStreet, publishedStreets, readPublished } from './read-published.ts'

/** The scope of whoever exports, widened to whole streets: the groups of a street are the same for everybody. */
export function wholeStreets({ role, areas }: Scope): Scope {
  return { role, areas: [...new Set(areas.map((area) => (area === 'all' ? area : area.slice(0, codeLength.street))))] }
}

/** Whether somebody may see an area: that it lies in the own ones. */
export function isOwn(scope: Scope, area: string): boolean {
  return isWhole(scope) || scope.areas.some((own) => area.startsWith(own))
}

/**
 * Which groups a filter selects: whole ones alone.
 *
 * @throws ProblemError `bad_parameter` for what would take groups apart: another period than whole months, or another
 * facet than the type.
 */
export function groupSelection(filter: IncidentFilter, now: Date): (group: PublishedGroup) => boolean {
  const { area = '', from, to, type, ...others } = filter
  const facet = Object.entries(others).find(([, codes]) => codes.length > 0)
  if (facet !== undefined) throw cannotSelectBy(facet[0])
  const current = localMonthOf(now)
  const first = from === undefined ? '0000-01' : wholeMonth(from)
  const end = to === undefined || Date.parse(to) >= monthBegin(current).getTime() ? '9999-12' : wholeMonth(to)
  const isWithin = (period: string) => {
    if (period.length === 7) return period >= first && period < end
    const year = Number(period)
    return `${period}-01` >= first && end >= `${String(year + 1).padStart(4, '0')}-01`
  }
  const types: readonly string[] = type ?? []
  return (group) =>
    group.area.startsWith(area) &&
    isWithin(group.period) &&
    (types.length === 0 || (group.type !== null && types.includes(group.type)))
}

function wholeMonth(instant: string): string {
  const month = localMonthOf(new Date(instant))
  if (monthBegin(month).getTime() === Date.parse(instant)) return month
  throw new ProblemError(
    'bad_parameter',
    {
      zh: '作隐私处理的导出只能按整月选择时段',
      en: 'An export without single cases takes whole months only',
    },
    {
      parameter: 'datetime',
      remedy: {
        zh: '请把时段改为整月（北京时间每月 1 日 0 时起止），例如 2026-01-01T00:00:00+08:00/2026-03-01T00:00:00+08:00，或不限时段',
        en: 'Choose whole months of local time, like 2026-01-01T00:00:00+08:00/2026-03-01T00:00:00+08:00, or no period',
      },
    },
  )
}

function cannotSelectBy(parameter: string): ProblemError {
  return new ProblemError(
    'bad_parameter',
    {
      zh: '作隐私处理的导出只能按区域、时段和类型筛选',
      en: 'An export without single cases is selected by area, period and type only',
    },
    {
      parameter,
      remedy: {
        zh: '请去掉渠道、状态、风险等筛选条件后再导出',
        en: 'Remove the other filters (channel, status, risk) and export again',
      },
    },
  )
}

export type GroupRequest = {
  filter: IncidentFilter
  now: Date
  circulation: Circulation
  /** Of whoever asks: groups of other areas are left out. */
  scope: Scope
}

/**
 * The published groups that a request selects, street by street, within the areas of whoever asks; for wider circulation
 * buildings are counted with their cells.
 */
export async function* selectedGroups(
  transaction: Transaction,
  { filter, now, circulation, scope }: GroupRequest,
): AsyncGenerator<PublishedStreet> {
  const selects = groupSelection(filter, now)
  const before = monthBegin(localMonthOf(now))
  for (const street of await publishedStreets(transaction, filter.area)) {
    const { groups, places } = await readPublished(transaction, street, before)
    const own = groups.filter((group) => isOwn(scope, group.area) && selects(group))
    yield { places, groups: circulation === 'wide' ? byCell(own) : own }
  }
}

function byCell(groups: readonly PublishedGroup[]): PublishedGroup[] {
  const merged = new Map<string, PublishedGroup>()
  for (const group of groups) {
    const { place, cell, period, type, count } = group
    const shown = place === 'building' && cell !== null ? { ...group, place: 'cell' as const, code: cell } : group
    const key = [shown.place, shown.code, period, type].join('|')
    const found = merged.get(key)
    merged.set(key, found === undefined ? shown : { ...found, count: found.count + count })
  }
  return [...merged.values()]
}
