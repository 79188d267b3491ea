import { channelLabels } from '@minqing/data/domain/channel'
import { type FigureDivision, noGroup } from '@minqing/data/domain/figures'
import { incidentTypeLabels } from '@minqing/data/domain/incident-type'
import type { Language } from '@minqing/data/domain/label'
import { useQuery } from '@tanstack/react-query'
import { areaFeaturesQuery } from '../../api/collections.ts'
import { statusQuery } from '../../api/status.ts'

/** What a group's key is called: a type or channel by its label, a unit by itself, an area by its code. */
export function groupName(by: FigureDivision, key: string, language: Language, none: string): string {
  if (key === noGroup) return none
  switch (by) {
    case 'type':
      return new Map(Object.entries(incidentTypeLabels)).get(key)?.[language] ?? key
    case 'channel':
      return new Map(Object.entries(channelLabels)).get(key)?.[language] ?? key
    case 'area':
    case 'unit':
      return key
  }
}

/** Names of a street and of what lies in it; of another area its code. */
export function useAreaName(code: string): string {
  const street = code.length < 9 ? undefined : code.slice(0, 9)
  const { data: streets } = useQuery({ ...statusQuery(), select: (status) => status.streets })
  const { data: below } = useQuery(areaFeaturesQuery(street))
  const named = [
    ...(streets ?? []),
    ...[...(below?.communities.features ?? []), ...(below?.grids.features ?? [])].map(({ properties }) => properties),
  ]
  return named.find((area) => area.code === code)?.name ?? code
}
