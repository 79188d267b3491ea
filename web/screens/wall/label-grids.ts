import type { WallAreas, WallContacts } from '@minqing/data/domain/wall'
import type { MapInputs } from '../../map/map-inputs.ts'

/**
 * Outlines with the labels of the grids of a community: code, households, and the worker on duty as far as given. The
 * map draws the property `label` in place of what an area is labelled with otherwise.
 *
 * @param homes unit behind a number of households
 */
export function labelGrids(
  areas: WallAreas,
  community: string | null,
  contacts: WallContacts,
  homes: string,
): NonNullable<MapInputs['areas']> {
  if (community === null) return areas
  const contactOf = new Map(contacts.map((contact) => [contact.gridCode, contact]))
  const features = areas.grids.features.map((feature) => {
    const { code, parentCode, households } = feature.properties
    if (parentCode !== community) return feature
    const contact = contactOf.get(code)
    const lines = [
      // The community is named beside the map: three digits say which of its grids this is.
      [code.slice(-3), households === null ? '' : `${households}${homes}`].filter(Boolean).join(' · '),
      contact?.name ?? '',
      contact?.phone ?? '',
    ]
    return { ...feature, properties: { ...feature.properties, label: lines.filter(Boolean).join('\n') } }
  })
  return { ...areas, grids: { ...areas.grids, features } }
}
