import type { StyleContext, StyleLayer } from '../style-context.ts'

/** Land, water and green: everything that lies flat below roads and buildings. */
export function groundLayers({ palette }: StyleContext): StyleLayer[] {
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
