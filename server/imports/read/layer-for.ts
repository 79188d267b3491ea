import type { ImportCollection } from '@minqing/data/domain/import'
import type { FileFormat } from '@minqing/data/formats/source-row'

/** The layer that a collection is in where nobody names one: of an OpenStreetMap file each wants another. */
export function layerFor(format: FileFormat, collection: ImportCollection): string | undefined {
  return format === 'osm' ? osmLayers[collection] : undefined
}

const osmLayers: Partial<Record<ImportCollection, string>> = {
  base: 'base',
  facilities: 'points',
  streets: 'boundaries',
  communities: 'boundaries',
}
