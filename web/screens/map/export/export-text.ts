import { facetNames, facetOf, nameFacetCodes } from '@minqing/data/domain/incident-facets'
import type { IncidentFilter } from '@minqing/data/domain/incident-filter'
import type { Label, Language } from '@minqing/data/domain/label'
import { homeTimeZone } from '@minqing/data/domain/instant'
import type { ExportTranslator } from './messages.ts'

/** Names listed at most; of a longer list the rest is counted. */
const maxNames = 8

/** The period of the filter, its last day included. */
export function periodText(filter: IncidentFilter, t: ExportTranslator): string {
  const { first, last } = daysOf(filter)
  if (first !== null && last !== null) return t('filter.between', { first, last })
  if (first !== null) return t('filter.since', { first })
  return last === null ? t('filter.allTime') : t('filter.until', { last })
}

/** Period and every restriction of the filter in one line; an empty list restricts nothing and is left out. */
export function filterText(filter: IncidentFilter, language: Language, t: ExportTranslator): string {
  const named = (labels: readonly Label[]): string => {
    const list = labels.slice(0, maxNames).map((label) => label[language])
    const joined = list.join(t('filter.comma'))
    return labels.length > maxNames ? t('filter.more', { list: joined, count: String(labels.length) }) : joined
  }
  const parts = [t('filter.period', { period: periodText(filter, t) })]
  for (const name of facetNames) {
    const labels = nameFacetCodes(name, filter[name] ?? []).map(({ label }) => label)
    if (labels.length > 0) parts.push(t('filter.facet', { name: facetOf(name).title[language], list: named(labels) }))
  }
  return parts.join(t('filter.separator'))
}

const dayFormat = new Intl.DateTimeFormat('sv-SE', { timeZone: homeTimeZone })

/** First and last day of the filter in local time, `YYYY-MM-DD`; null where it has no limit. */
export function daysOf(filter: Pick<IncidentFilter, 'from' | 'to'>): { first: string | null; last: string | null } {
  return {
    first: filter.from === undefined ? null : dayFormat.format(Date.parse(filter.from)),
    // `to` is exclusive.
    last: filter.to === undefined ? null : dayFormat.format(Date.parse(filter.to) - 1),
  }
}
