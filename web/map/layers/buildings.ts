import type { ExpressionSpecification } from 'maplibre-gl'
import { between, type StyleContext, type StyleLayer } from '../style-context.ts'

/** Where footprints begin to rise. */
export const extrudedFrom = 14.6

/** Metres: measured, else three a floor, else a two-storey house. */
const height: ExpressionSpecification = ['coalesce', ['get', 'height'], ['*', 3, ['coalesce', ['get', 'floors'], 2]]]

export function footprintLayers({ palette }: StyleContext): StyleLayer[] {
  return [
    {
      id: 'building-flat',
      type: 'fill',
      source: 'buildings',
      'source-layer': 'buildings',
      minzoom: 12,
      paint: {
        'fill-color': palette.building,
        'fill-outline-color': palette.buildingLine,
        'fill-opacity': between([12, 0], [13, 0.8], [14, 1]),
      },
    },
  ]
}

export function extrusionLayers({ palette }: StyleContext): StyleLayer[] {
  const rising: ExpressionSpecification = [
    'interpolate',
    ['linear'],
    ['zoom'],
    extrudedFrom,
    0,
    extrudedFrom + 0.9,
    height,
  ]
  return [
    {
      id: 'building-3d',
      type: 'fill-extrusion',
      source: 'buildings',
      'source-layer': 'buildings',
      minzoom: extrudedFrom,
      paint: {
        'fill-extrusion-color': ['interpolate', ['linear'], height, 4, palette.building, 90, palette.buildingTall],
        'fill-extrusion-height': rising,
        // Far away the density on the ground matters more than the houses on it.
        'fill-extrusion-opacity': between([extrudedFrom, 0.3], [15.6, 0.6], [16.6, 0.88]),
        'fill-extrusion-vertical-gradient': true,
      },
    },
    {
      id: 'building-selected',
      type: 'fill-extrusion',
      source: 'buildings',
      'source-layer': 'buildings',
      minzoom: 12,
      filter: ['==', ['get', 'code'], ''],
      paint: {
        'fill-extrusion-color': palette.accent,
        'fill-extrusion-height': ['+', height, 0.4],
        'fill-extrusion-opacity': 0.9,
      },
    },
  ]
}
