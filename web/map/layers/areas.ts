import type {
  ExpressionSpecification,
  FilterSpecification,
  Map as MapLibreMap,
  Point,
  SymbolLayerSpecification,
} from 'maplibre-gl'
import {
  areaLabels,
  areaZoom,
  beforeLargeGrids,
  isLarge,
  sourceOf,
  spotlight,
  withZoomOffset,
  type AreaSource,
} from './area-features.ts'
import {
  between,
  defineLayer,
  foundFeature,
  growing,
  noFeatures,
  setData,
  type Found,
  type StyleContext,
  type StyleLayer,
} from './map-layer.ts'

const areaSources: readonly AreaSource[] = ['streets', 'communities', 'grids']
const roles = ['looked-into', 'hovered', 'selected'] as const

/**
 * Outlines and names of sub-districts and communities, and of any area that is looked into, under the pointer or
 * selected. Holds the sources of all three levels; what can be switched off of grids is in `grids.ts`.
 */
export const areas = defineLayer({
  id: 'areas',
  hitRank: 5,
  sources: () => ({
    streets: areaSource(),
    communities: areaSource(),
    grids: areaSource(),
    spotlight: { type: 'geojson', data: noFeatures },
    'area-points': { type: 'geojson', data: noFeatures },
  }),
  style: (context) => ({
    ground: [hitGround('streets'), hitGround('communities')],
    spotlight: [
      {
        id: 'spotlight',
        type: 'fill',
        source: 'spotlight',
        paint: { 'fill-color': context.palette.land, 'fill-opacity': 0.62 },
      },
    ],
    'area-lines': [...outlines(context), ...accents(context)],
    'area-labels': labels(context),
  }),
  images: (palette) => [
    {
      id: 'pill',
      draw: (context) => {
        context.fillStyle = palette.pill
        context.strokeStyle = palette.pillLine
        context.lineWidth = 0.75
        context.beginPath()
        context.roundRect(1, 1, 24, 24, 5)
        context.fill()
        context.stroke()
      },
      stretch: { stretchX: [[28, 76]], stretchY: [[28, 76]], content: [4, 4, 100, 100] },
    },
  ],
  attach: (map) => ({
    update: (inputs, changed) => {
      if (changed('areas')) {
        setData(map, 'streets', inputs.areas?.streets)
        setData(map, 'communities', withZoomOffset('community', inputs.areas?.communities))
        setData(map, 'grids', withZoomOffset('grid', inputs.areas?.grids))
        setData(map, 'area-points', areaLabels(inputs.areas))
      }
      if (changed('areas', 'area')) setData(map, 'spotlight', spotlight(inputs.areas, inputs.area))
      if (changed('area')) {
        outline(map, 'looked-into', inputs.area)
        dimLabelsOutside(map, ['community-label', 'large-community-label'], inputs.area)
      }
      if (changed('hovered')) outline(map, 'hovered', inputs.hovered)
      if (changed('selected')) outline(map, 'selected', inputs.selected?.kind === 'area' ? inputs.selected.id : null)
    },
    hit: (point, { area }) =>
      // From above all streets a street is meant until communities have their names.
      areaUnder(map, point, 'communities', areaZoom.community - (area === null ? 0 : 1.5)) ??
      areaUnder(map, point, 'streets', -Infinity),
  }),
})

function areaSource() {
  return { type: 'geojson' as const, data: noFeatures, promoteId: 'code', tolerance: 0.2 }
}

/** Invisible ground that answers which area lies under a point. */
export function hitGround(source: AreaSource): StyleLayer {
  return { id: `${source}-ground`, type: 'fill', source, paint: { 'fill-color': '#000', 'fill-opacity': 0 } }
}

/** The area under a point, if it is large enough on the screen to be meant; a larger one is meant from farther away. */
export function areaUnder(map: MapLibreMap, point: Point, source: AreaSource, fromZoom: number): Found | null {
  const [feature] = map.queryRenderedFeatures(point, { layers: [`${source}-ground`] })
  const offset: unknown = feature?.properties['zoomOffset']
  if (map.getZoom() < fromZoom - (typeof offset === 'number' ? offset : 0)) return null
  return foundFeature('area', feature?.properties, 'code')
}

/** Names outside the area that is looked into recede with their ground. */
export function dimLabelsOutside(map: MapLibreMap, layers: string[], area: string | null): void {
  const opacity: ExpressionSpecification | number =
    area === null ? 1 : ['case', ['==', ['slice', ['get', 'code'], 0, area.length], area], 1, 0.3]
  for (const layer of layers)
    for (const part of ['text-opacity', 'icon-opacity'] as const) map.setPaintProperty(layer, part, opacity)
}

/** Codes are digits: the dash matches no feature. */
function isCode(code: string | null): FilterSpecification {
  return ['==', ['get', 'code'], code ?? '-']
}

/** Draws one area's outline in the accent; null draws none. */
function outline(map: MapLibreMap, role: (typeof roles)[number], code: string | null): void {
  const found = code === null ? null : sourceOf(code)
  for (const source of areaSources) map.setFilter(`${source}-${role}`, isCode(source === found ? code : null))
}

function outlines({ palette, scale }: StyleContext): StyleLayer[] {
  return [
    {
      id: 'community-line',
      type: 'line',
      source: 'communities',
      minzoom: 10,
      layout: { 'line-join': 'round' },
      paint: {
        'line-color': palette.areaLine,
        'line-width': growing(scale, [11, 0.6], [14, 1.3], [18, 3]),
        'line-opacity': 0.95,
      },
    },
    {
      id: 'street-line',
      type: 'line',
      source: 'streets',
      layout: { 'line-join': 'round' },
      paint: {
        'line-color': palette.areaLineStrong,
        'line-width': growing(scale, [8, 0.8], [13, 1.8], [18, 4]),
        'line-opacity': 0.85,
      },
    },
  ]
}

function accents({ palette, scale }: StyleContext): StyleLayer[] {
  const widths: Record<(typeof roles)[number], number> = { 'looked-into': 2.6, hovered: 1.8, selected: 3 }
  return areaSources.flatMap((source) =>
    roles.map((role): StyleLayer => ({
      id: `${source}-${role}`,
      type: 'line',
      source,
      filter: isCode(null),
      layout: { 'line-join': 'round' },
      paint: { 'line-color': palette.accent, 'line-width': widths[role] * scale },
    })),
  )
}

/** A pill under a name keeps it legible over heat. */
export function pillLayout(fonts: string[]): NonNullable<SymbolLayerSpecification['layout']> {
  return {
    'icon-image': 'pill',
    'icon-text-fit': 'both',
    'icon-text-fit-padding': [3, 7, 3, 7],
    'text-font': fonts,
    'text-max-width': 14,
    'text-line-height': 1.25,
    'text-padding': 3,
  }
}

export function isLevel(level: 'street' | 'community' | 'grid'): ExpressionSpecification {
  return ['==', ['get', 'level'], level]
}

function labels({ palette, scale, fonts }: StyleContext): StyleLayer[] {
  const pill = pillLayout(fonts)
  const paint = { 'text-color': palette.pillText }
  return [
    {
      id: 'large-community-label',
      type: 'symbol',
      source: 'area-points',
      maxzoom: areaZoom.community,
      filter: isLarge(areaZoom.community, isLevel('community'), beforeLargeGrids),
      layout: { ...pill, 'text-size': 12 * scale, 'symbol-sort-key': ['get', 'order'], 'text-field': ['get', 'name'] },
      paint,
    },
    {
      id: 'community-label',
      type: 'symbol',
      source: 'area-points',
      minzoom: areaZoom.community,
      maxzoom: 15.2,
      filter: isLevel('community'),
      layout: {
        ...pill,
        'text-size': between([12, 11.5 * scale], [15, 14 * scale]),
        'text-field': ['get', 'name'],
      },
      paint,
    },
    {
      id: 'street-label',
      type: 'symbol',
      source: 'area-points',
      maxzoom: areaZoom.community,
      filter: isLevel('street'),
      layout: {
        ...pill,
        'text-size': between([9.5, 12 * scale], [11, 14 * scale]),
        'text-field': ['get', 'name'],
        // From far above, names side by side would cover what they name.
        'text-padding': between([10, 20], [11.5, 3]),
      },
      paint,
    },
  ]
}
