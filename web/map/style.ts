import type { FeatureCollection } from 'geojson'
import type { FontFacesSpecification, StyleSpecification } from 'maplibre-gl'
import { areaGroundLayers, areaLabelLayers, areaLayers } from './layers/areas.ts'
import { baseLabelLayers } from './layers/place-names.ts'
import { extrusionLayers, footprintLayers } from './layers/buildings.ts'
import { facilityLayers } from './layers/facilities.ts'
import { groundLayers } from './layers/base-map.ts'
import { roadLayers } from './layers/roads.ts'
import type { StyleContext } from './style-context.ts'

/** Layers that deck.gl's are put below: data on the ground lies under what rises from it, points under all names. */
export const groundDataBefore = 'building-3d'
export const pointDataBefore = 'building-name'

const empty: FeatureCollection = { type: 'FeatureCollection', features: [] }

/**
 * The whole map but its data: no glyphs, no sprite, nothing from elsewhere.
 * @param origin where `/api` is, as the tile workers need a full address
 */
export function mapStyle(
  context: StyleContext,
  origin: string,
  fontFaces?: FontFacesSpecification,
): StyleSpecification {
  const areas = () => ({ type: 'geojson' as const, data: empty, promoteId: 'code', tolerance: 0.2 })
  return {
    version: 8,
    ...(fontFaces === undefined ? {} : { 'font-faces': fontFaces }),
    // From the north-west, as on every printed relief.
    light: { anchor: 'map', position: [1.3, 315, 38], color: '#ffffff', intensity: context.palette.shade },
    transition: { duration: 160, delay: 0 },
    sources: {
      base: { type: 'vector', tiles: [`${origin}/api/tiles/base/{z}/{x}/{y}.mvt`], minzoom: 6, maxzoom: 16 },
      buildings: {
        type: 'vector',
        tiles: [`${origin}/api/tiles/buildings/{z}/{x}/{y}.mvt`],
        minzoom: 12,
        maxzoom: 16,
        promoteId: 'code',
      },
      streets: areas(),
      communities: areas(),
      grids: areas(),
      spotlight: { type: 'geojson', data: empty },
      'area-points': { type: 'geojson', data: empty },
      selection: { type: 'geojson', data: empty },
      facilities: { type: 'geojson', data: empty, promoteId: 'id' },
    },
    layers: [
      ...groundLayers(context),
      ...areaGroundLayers(),
      ...footprintLayers(context),
      ...roadLayers(context),
      ...extrusionLayers(context),
      ...areaLayers(context),
      ...baseLabelLayers(context),
      ...facilityLayers(context),
      ...areaLabelLayers(context),
    ],
  }
}
