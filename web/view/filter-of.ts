import type { IncidentFilter } from '@minqing/data/domain/incident-filter'
import type { View } from './use-view.ts'
import { wholeArea } from './whole.ts'

function instantOf(seconds: number): string {
  return new Date(seconds * 1000).toISOString().replace('.000', '')
}

/** The filter that the view means, as the server understands it; `street` when no area is looked into. */
export function filterOf(view: View, street: string | undefined): IncidentFilter {
  const filter: IncidentFilter = {}
  const area = view.area ?? street
  if (area !== undefined && area !== wholeArea) filter.area = area
  if (view.time.from !== null) filter.from = instantOf(view.time.from)
  if (view.time.to !== null) filter.to = instantOf(view.time.to)
  if (view.type.length > 0) filter.types = view.type
  if (view.channel.length > 0) filter.channels = view.channel
  if (view.status.length > 0) filter.statuses = view.status
  if (view.risk.length > 0) filter.risks = view.risk
  return filter
}

/** Query parameters of every endpoint that takes the filter. */
export function filterParameters(filter: IncidentFilter): URLSearchParams {
  const parameters = new URLSearchParams()
  if (filter.area !== undefined) parameters.set('area', filter.area)
  if (filter.from !== undefined || filter.to !== undefined) {
    parameters.set('datetime', `${filter.from ?? '..'}/${filter.to ?? '..'}`)
  }
  const lists = { type: filter.types, channel: filter.channels, status: filter.statuses, risk: filter.risks }
  for (const [name, codes] of Object.entries(lists)) {
    if (codes !== undefined && codes.length > 0) parameters.set(name, codes.join(','))
  }
  return parameters
}
