import type { ExpressionSpecification, FilterSpecification } from 'maplibre-gl'
import { between, defineLayer, growing, type StyleContext, type StyleLayer } from './map-layer.ts'

/** Land, water, green, roads and railways, from the tiles of the base map. */
export const baseMap = defineLayer({
  id: 'base-map',
  sources: ({ origin, tiles }) => ({
    base: { type: 'vector', tiles: [`${origin}${tiles.base}`], minzoom: 6, maxzoom: 16 },
  }),
  style: (context) => ({ ground: groundLayers(context), roads: roadLayers(context) }),
})

/** Land, water and green: everything that lies flat below roads and buildings. */
function groundLayers({ palette }: StyleContext): StyleLayer[] {
  return [
    { id: 'land', type: 'background', paint: { 'background-color': palette.land } },
    {
      id: 'land-use',
      type: 'fill',
      source: 'base',
      'source-layer': 'land',
      paint: {
        'fill-color': [
          'match',
          ['get', 'kind'],
          ['residential', 'estate'],
          palette.estate,
          ['commercial', 'retail', 'market', 'office'],
          palette.busy,
          ['school', 'hospital', 'medical', 'public', 'university', 'kindergarten'],
          palette.institution,
          ['square', 'plaza', 'pedestrian', 'paved', 'industrial', 'railway', 'transport', 'parking'],
          palette.paved,
          palette.land,
        ],
        'fill-antialias': false,
      },
    },
    {
      id: 'green',
      type: 'fill',
      source: 'base',
      'source-layer': 'green',
      paint: { 'fill-color': palette.green },
    },
    {
      id: 'water',
      type: 'fill',
      source: 'base',
      'source-layer': 'water',
      filter: ['==', ['geometry-type'], 'Polygon'],
      paint: { 'fill-color': palette.water },
    },
    {
      id: 'water-line',
      type: 'line',
      source: 'base',
      'source-layer': 'water',
      filter: ['==', ['geometry-type'], 'LineString'],
      layout: { 'line-cap': 'round', 'line-join': 'round' },
      paint: {
        'line-color': palette.water,
        'line-width': ['interpolate', ['exponential', 1.6], ['zoom'], 12, 1.5, 18, 18],
      },
    },
  ]
}

/** Kinds of road from the widest to the narrowest, with what sources call them. */
export const roadClasses = {
  major: ['arterial', 'motorway', 'trunk', 'primary', 'expressway', 'bridge'],
  middle: ['secondary', 'collector'],
  branch: ['tertiary', 'branch', 'local', 'street'],
  lane: ['lane', 'residential', 'minor', 'unclassified', 'living_street', 'alley'],
  service: ['service', 'estate', 'driveway'],
  path: ['path', 'footway', 'pedestrian', 'steps', 'cycleway', 'walk'],
} as const
type RoadClass = keyof typeof roadClasses

/** Pixels at zooms 11, 14, 16 and 18; where a class begins to be drawn. */
const widths: Record<RoadClass, { from: number; pixels: [number, number, number, number] }> = {
  major: { from: 8, pixels: [1.4, 5, 13, 40] },
  middle: { from: 10, pixels: [0.9, 3.6, 10, 32] },
  branch: { from: 12, pixels: [0.6, 2.6, 7.5, 25] },
  lane: { from: 13, pixels: [0.4, 1.4, 5, 17] },
  service: { from: 14.5, pixels: [0.3, 0.7, 2.6, 10] },
  path: { from: 15, pixels: [0.2, 0.5, 1.4, 5] },
}

export function isRoad(kind: RoadClass): FilterSpecification {
  const known = Object.values(roadClasses).flat()
  // A kind that nobody foresaw is drawn as a lane rather than not at all.
  if (kind === 'lane') {
    const others = known.filter((name) => !(roadClasses.lane as readonly string[]).includes(name))
    return ['!', ['in', ['get', 'kind'], ['literal', others]]]
  }
  return ['in', ['get', 'kind'], ['literal', [...roadClasses[kind]]]]
}

function widthOf(kind: RoadClass, scale: number, extra = 0): ExpressionSpecification {
  const [far, middle, near, close] = widths[kind].pixels
  return growing(scale, [11, far + extra * 0.5], [14, middle + extra], [16, near + extra], [18, close + extra * 1.5])
}

/** Casings below all fills, so that crossings open into each other. */
function roadLayers({ palette, scale }: StyleContext): StyleLayer[] {
  const cased: RoadClass[] = ['service', 'lane', 'branch', 'middle', 'major']
  const round = { 'line-cap': 'round', 'line-join': 'round' } as const
  const fills: Record<RoadClass, string> = {
    major: palette.roadMajor,
    middle: palette.roadMajor,
    branch: palette.road,
    lane: palette.road,
    service: palette.road,
    path: palette.path,
  }
  return [
    {
      id: 'road-path',
      type: 'line',
      source: 'base',
      'source-layer': 'road',
      minzoom: widths.path.from,
      filter: isRoad('path'),
      layout: round,
      paint: { 'line-color': fills.path, 'line-width': widthOf('path', scale) },
    },
    ...cased.map((kind): StyleLayer => ({
      id: `road-${kind}-casing`,
      type: 'line',
      source: 'base',
      'source-layer': 'road',
      minzoom: Math.max(widths[kind].from, 12),
      filter: isRoad(kind),
      layout: round,
      paint: { 'line-color': palette.roadCasing, 'line-width': widthOf(kind, scale, 1.6) },
    })),
    ...cased.map((kind): StyleLayer => ({
      id: `road-${kind}`,
      type: 'line',
      source: 'base',
      'source-layer': 'road',
      minzoom: widths[kind].from,
      filter: isRoad(kind),
      layout: round,
      paint: { 'line-color': fills[kind], 'line-width': widthOf(kind, scale) },
    })),
    {
      id: 'rail',
      type: 'line',
      source: 'base',
      'source-layer': 'rail',
      minzoom: 11,
      filter: ['==', ['geometry-type'], 'LineString'],
      layout: { 'line-join': 'round' },
      paint: { 'line-color': palette.rail, 'line-width': growing(scale, [11, 0.8], [14, 1.6], [16, 3], [18, 6]) },
    },
    {
      id: 'rail-sleepers',
      type: 'line',
      source: 'base',
      'source-layer': 'rail',
      minzoom: 13,
      filter: ['==', ['geometry-type'], 'LineString'],
      paint: {
        'line-color': palette.land,
        'line-width': growing(scale, [13, 0.5], [16, 1.6], [18, 3.6]),
        'line-dasharray': [6, 6],
        'line-opacity': between([13, 0], [13.6, 1]),
      },
    },
  ]
}
