import { channelLabels } from '@minqing/data/domain/channel'
import type { IncidentFilter } from '@minqing/data/domain/incident-filter'
import { incidentStatusLabels } from '@minqing/data/domain/incident-status'
import { disputeTypes, eventCategoryLabels, incidentTypeLabels } from '@minqing/data/domain/incident-type'
import type { Label, Language } from '@minqing/data/domain/label'
import { riskLabels } from '@minqing/data/domain/risk'
import type { useTranslations } from 'use-intl'
import { daysOf } from './file-name.ts'

type Translate = ReturnType<typeof useTranslations<'exporting'>>

/** More than this many names make a line nobody reads. */
const longestList = 8

/** The days that the filter means, as a reader says them. */
export function periodWords(filter: IncidentFilter, t: Translate): string {
  const { first, last } = daysOf(filter)
  if (first !== null && last !== null) return t('words.between', { first, last })
  if (first !== null) return t('words.since', { first })
  return last === null ? t('words.allTime') : t('words.until', { last })
}

/** Period and every restriction of the filter in one line; an empty list restricts nothing and is not mentioned. */
export function filterWords(filter: IncidentFilter, language: Language, t: Translate): string {
  const named = (labels: readonly Label[]): string => {
    const list = labels.slice(0, longestList).map((label) => label[language])
    const joined = list.join(t('words.comma'))
    return labels.length > longestList ? t('words.and', { list: joined, count: String(labels.length) }) : joined
  }
  const parts = [t('words.period', { period: periodWords(filter, t) })]
  const types = typeLabels(filter.types ?? [])
  const channels = (filter.channels ?? []).map((channel) => channelLabels[channel])
  const statuses = (filter.statuses ?? []).map((status) => incidentStatusLabels[status])
  const risks = (filter.risks ?? []).map((risk) => riskLabels[risk])
  if (types.length > 0) parts.push(t('words.types', { list: named(types) }))
  if (channels.length > 0) parts.push(t('words.channels', { list: named(channels) }))
  if (statuses.length > 0) parts.push(t('words.statuses', { list: named(statuses) }))
  if (risks.length > 0) parts.push(t('words.risks', { list: named(risks) }))
  return parts.join(t('words.space'))
}

/** All sixteen dispute types together are one word. */
function typeLabels(types: NonNullable<IncidentFilter['types']>): Label[] {
  const chosen = new Set<string>(types)
  if (!disputeTypes.every((type) => chosen.has(type))) return types.map((type) => incidentTypeLabels[type])
  const others = types.filter((type) => !type.startsWith('D'))
  return [eventCategoryLabels.E01, ...others.map((type) => incidentTypeLabels[type])]
}
