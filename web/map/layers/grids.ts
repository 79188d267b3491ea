import type { ExpressionSpecification } from 'maplibre-gl'
import { areaZoom, isDefaultSize, isLarge } from './area-features.ts'
import { areaUnder, dimLabelsOutside, hitGround, isLevel, pillLayout } from './areas.ts'
import { between, defineLayer, growing, type StyleContext, type StyleLayer } from './map-layer.ts'

/** From here on a grid's label has a second line. */
const detailFrom = 15.6

/** Outlines and labels of grids; their sources are those of `areas.ts`. */
export const grids = defineLayer({
  id: 'grids',
  switch: { kind: 'checkbox', label: { zh: '网格边界', en: 'Grid outlines' }, initial: true },
  hitRank: 4,
  style: (context) => ({
    ground: [hitGround('grids')],
    'grid-lines': lines(context),
    'grid-labels': labels(context),
  }),
  attach: (map) => ({
    update: (inputs, changed) => {
      if (changed('area')) dimLabelsOutside(map, ['grid-label', 'large-grid-label'], inputs.area)
    },
    hit: (point, { area }) => areaUnder(map, point, 'grids', (area?.length ?? 0) >= 12 ? -Infinity : areaZoom.grid),
  }),
})

function lines({ palette, scale }: StyleContext): StyleLayer[] {
  return [
    {
      id: 'large-grid-line',
      type: 'line',
      source: 'grids',
      filter: isLarge(12.8),
      layout: { 'line-join': 'round' },
      paint: {
        'line-color': palette.areaLine,
        'line-width': growing(scale, [9, 0.7], [15, 1.4]),
        'line-dasharray': [3, 2],
        'line-opacity': 0.8,
      },
    },
    {
      id: 'grid-line',
      type: 'line',
      source: 'grids',
      minzoom: 12.8,
      filter: isDefaultSize,
      layout: { 'line-join': 'round' },
      paint: {
        'line-color': palette.areaLine,
        'line-width': growing(scale, [13, 0.5], [15, 1], [18, 1.8]),
        'line-dasharray': [3, 2],
        'line-opacity': between([12.8, 0], [13.8, 0.8]),
      },
    },
  ]
}

/** The number or name of a grid, nearer also its households and its worker. */
function labels({ palette, language, scale, fonts }: StyleContext): StyleLayer[] {
  const households: ExpressionSpecification = [
    'case',
    ['>', ['coalesce', ['get', 'households'], 0], 0],
    ['concat', ['to-string', ['get', 'households']], language === 'zh' ? '户' : ' homes'],
    '',
  ]
  const detail: ExpressionSpecification = [
    'concat',
    households,
    ['case', ['all', ['!=', households, ''], ['!=', ['get', 'worker'], '']], ' · ', ''],
    ['get', 'worker'],
  ]
  const hasLabel: ExpressionSpecification = ['!=', ['get', 'label'], '']
  const paint = { 'text-color': palette.pillText }
  const pill = pillLayout(fonts)
  return [
    {
      id: 'large-grid-label',
      type: 'symbol',
      source: 'area-points',
      filter: isLarge(areaZoom.grid - 2, isLevel('grid')),
      layout: { ...pill, 'text-size': 12 * scale, 'symbol-sort-key': ['get', 'order'], 'text-field': ['get', 'short'] },
      paint,
    },
    {
      id: 'grid-label',
      type: 'symbol',
      source: 'area-points',
      minzoom: areaZoom.grid,
      filter: ['all', isLevel('grid'), isDefaultSize],
      layout: {
        ...pill,
        'text-size': between([14.4, 10.5 * scale], [17, 12.5 * scale]),
        'text-field': [
          'step',
          ['zoom'],
          ['case', hasLabel, ['get', 'label'], ['get', 'short']],
          detailFrom,
          [
            'case',
            hasLabel,
            ['get', 'label'],
            [
              'format',
              ['get', 'short'],
              { 'font-scale': 1.08 },
              ['case', ['!=', detail, ''], ['concat', '\n', detail], ''],
              { 'font-scale': 0.92, 'text-color': palette.label },
            ],
          ],
        ],
        'symbol-sort-key': ['get', 'order'],
      },
      paint,
    },
  ]
}
