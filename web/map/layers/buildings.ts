import type { ExpressionSpecification } from 'maplibre-gl'
import { between, defineLayer, foundFeature, type StyleContext, type StyleLayer } from './map-layer.ts'

/** Where footprints begin to rise. */
const extrudedFrom = 14.6
/** Nearer than this a tap on a building means the building, farther away its grid. */
const hitFrom = 16

/** Metres: measured, else three a floor, else a two-storey house. */
export const buildingHeight: ExpressionSpecification = [
  'coalesce',
  ['get', 'height'],
  ['*', 3, ['coalesce', ['get', 'floors'], 2]],
]

/** What every style layer of buildings draws from, here and in other layers of the map. */
export const fromBuildings = { source: 'buildings', 'source-layer': 'buildings' } as const

/** The style layers, all of which a tap can hit. */
const ids = { extrusion: 'building-3d', footprint: 'building-flat', spot: 'building-point' } as const

export const buildings = defineLayer({
  id: 'buildings',
  object: 'building',
  switch: { kind: 'checkbox', label: { zh: '建筑', en: 'Buildings' }, initial: true },
  hitRank: 3,
  sources: ({ origin, tiles }) => ({
    [fromBuildings.source]: {
      type: 'vector',
      tiles: [`${origin}${tiles.buildings}`],
      minzoom: 12,
      maxzoom: 16,
      promoteId: 'code',
    },
  }),
  style: (context) => ({ footprints: [footprint(context)], buildings: [extrusion(context), spot(context)] }),
  attach: (map) => ({
    hit: (point) => {
      if (map.getZoom() < hitFrom) return null
      const [feature] = map.queryRenderedFeatures(point, { layers: Object.values(ids) })
      return foundFeature('building', feature?.properties, 'code')
    },
  }),
})

function footprint({ palette }: StyleContext): StyleLayer {
  return {
    id: ids.footprint,
    type: 'fill',
    ...fromBuildings,
    minzoom: 12,
    paint: {
      'fill-color': palette.building,
      'fill-outline-color': palette.buildingLine,
      'fill-opacity': between([12, 0], [13, 0.8], [14, 1]),
    },
  }
}

/** Buildings of which the place is known and no outline yet; hollow where it is known by the address alone. */
function spot({ palette }: StyleContext): StyleLayer {
  return {
    id: ids.spot,
    type: 'circle',
    ...fromBuildings,
    minzoom: 14,
    filter: ['==', ['geometry-type'], 'Point'],
    paint: {
      'circle-radius': between([14, 2], [17, 6]),
      'circle-color': ['case', ['has', 'positionSource'], palette.halo, palette.building],
      // A line around a footprint would be lost around so small a mark.
      'circle-stroke-color': palette.labelQuiet,
      'circle-stroke-width': 1.5,
    },
  }
}

function extrusion({ palette }: StyleContext): StyleLayer {
  return {
    id: ids.extrusion,
    type: 'fill-extrusion',
    ...fromBuildings,
    minzoom: extrudedFrom,
    paint: {
      'fill-extrusion-color': [
        'interpolate',
        ['linear'],
        buildingHeight,
        4,
        palette.building,
        90,
        palette.buildingTall,
      ],
      'fill-extrusion-height': [
        'interpolate',
        ['linear'],
        ['zoom'],
        extrudedFrom,
        0,
        extrudedFrom + 0.9,
        buildingHeight,
      ],
      // Far away the density on the ground matters more than the houses on it.
      'fill-extrusion-opacity': between([extrudedFrom, 0.3], [15.6, 0.6], [16.6, 0.88]),
      'fill-extrusion-vertical-gradient': true,
    },
  }
}
