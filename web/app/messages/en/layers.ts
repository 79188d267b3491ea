import type { Shape } from '../shape.ts'
import type { layers as zh } from '../zh/layers.ts'

export const layers: Shape<typeof zh> = {
  title: 'Layers',
  density: 'Case density',
  heat: 'Heat',
  hexagon: 'Hexagons',
  off: 'Off',
  radius: 'Radius',
  radiusValue: '{metres} m',
  radiusHint: 'How far a case reaches, on the ground: zooming does not change it.',
  shown: 'Shown',
  grids: 'Grid outlines',
  buildings: 'Buildings',
  incidents: 'Case points',
  facilities: 'Facilities',
  labels: 'Place names',
  legend: 'Case density (cases/ha)',
  legendCases: '{count} cases in the picture, radius {metres} m',
  legendFrom: '{low} and more',
  legendRange: '{low}–{high}',
  zoomIn: 'Zoom in',
  zoomOut: 'Zoom out',
  north: 'Turn north up',
  scale: 'Scale {length}',
  metres: '{count} m',
  kilometres: '{count} km',
}
