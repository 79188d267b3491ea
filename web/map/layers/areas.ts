import type { ExpressionSpecification, FilterSpecification, SymbolLayerSpecification } from 'maplibre-gl'
import { between, growing, type StyleContext, type StyleLayer } from '../style-context.ts'

/** From these zooms on a level is what the eye and the finger mean. */
export const areaZoom = { community: 12.2, grid: 14.4 } as const
const gridDetail = 15.6

/** Matches no feature: codes are digits. */
export const nothing = '-'

export function isCode(code: string): FilterSpecification {
  return ['==', ['get', 'code'], code]
}

const reach: ExpressionSpecification = ['get', 'reach']
const usual: ExpressionSpecification = ['==', reach, 0]

/** Areas larger than usual of a level, from the zoom where they fill as much of the screen as usual ones. */
function wide(from: number, ...more: ExpressionSpecification[]): ExpressionSpecification {
  return ['all', ['>', reach, 0], ['>=', ['zoom'], ['-', Math.floor(from), reach]], ...more]
}

/** Invisible ground that answers which area lies under a point; first of all layers after the land. */
export function areaGroundLayers(): StyleLayer[] {
  return (['streets', 'communities', 'grids'] as const).map((source) => ({
    id: `${source}-ground`,
    type: 'fill',
    source,
    paint: { 'fill-color': '#000', 'fill-opacity': 0 },
  }))
}

/** Outlines, from the quiet grid to the strong street; what is looked into stands out, the rest recedes. */
export function areaLayers({ palette, scale }: StyleContext): StyleLayer[] {
  const round = { 'line-join': 'round' } as const
  const accent = (id: string, source: string, width: number): StyleLayer => ({
    id,
    type: 'line',
    source,
    filter: isCode(nothing),
    layout: round,
    paint: { 'line-color': palette.accent, 'line-width': width * scale },
  })
  return [
    {
      id: 'spotlight',
      type: 'fill',
      source: 'spotlight',
      paint: { 'fill-color': palette.land, 'fill-opacity': 0.62 },
    },
    {
      id: 'wide-grid-line',
      type: 'line',
      source: 'grids',
      filter: wide(12.8),
      layout: round,
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
      filter: usual,
      layout: round,
      paint: {
        'line-color': palette.areaLine,
        'line-width': growing(scale, [13, 0.5], [15, 1], [18, 1.8]),
        'line-dasharray': [3, 2],
        'line-opacity': between([12.8, 0], [13.8, 0.8]),
      },
    },
    {
      id: 'community-line',
      type: 'line',
      source: 'communities',
      minzoom: 10,
      layout: round,
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
      layout: round,
      paint: {
        'line-color': palette.areaLineStrong,
        'line-width': growing(scale, [8, 0.8], [13, 1.8], [18, 4]),
        'line-opacity': 0.85,
      },
    },
    ...(['streets', 'communities', 'grids'] as const).flatMap((source) => [
      accent(`${source}-looked-into`, source, 2.6),
      accent(`${source}-hovered`, source, 1.8),
      accent(`${source}-selected`, source, 3),
    ]),
  ]
}

/** Names and figures at each area's middle; a pill keeps them legible over heat. */
export function areaLabelLayers({ palette, language, scale, fonts }: StyleContext): StyleLayer[] {
  const pill: SymbolLayerSpecification['layout'] = {
    'icon-image': 'pill',
    'icon-text-fit': 'both',
    'icon-text-fit-padding': [3, 7, 3, 7],
    'text-font': fonts,
    'text-max-width': 14,
    'text-line-height': 1.25,
    'text-padding': 3,
  }
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
  const text = { 'text-color': palette.pillText }
  const level = (name: string): ExpressionSpecification => ['==', ['get', 'level'], name]
  const named: SymbolLayerSpecification['layout'] = {
    ...pill,
    'text-size': 12 * scale,
    'symbol-sort-key': ['get', 'order'],
  }
  return [
    {
      id: 'wide-grid-label',
      type: 'symbol',
      source: 'area-points',
      filter: wide(areaZoom.grid - 2, level('grid')),
      layout: { ...named, 'text-field': ['get', 'short'] },
      paint: text,
    },
    {
      id: 'wide-community-label',
      type: 'symbol',
      source: 'area-points',
      maxzoom: areaZoom.community,
      filter: wide(areaZoom.community, level('community'), ['<', ['zoom'], ['-', areaZoom.grid - 2, reach]]),
      layout: { ...named, 'text-field': ['get', 'name'] },
      paint: text,
    },
    {
      id: 'grid-label',
      type: 'symbol',
      source: 'area-points',
      minzoom: areaZoom.grid,
      filter: ['all', level('grid'), usual],
      layout: {
        ...pill,
        'text-size': between([14.4, 10.5 * scale], [17, 12.5 * scale]),
        'text-field': [
          'step',
          ['zoom'],
          ['get', 'short'],
          gridDetail,
          [
            'format',
            ['get', 'short'],
            { 'font-scale': 1.08 },
            ['case', ['!=', detail, ''], ['concat', '\n', detail], ''],
            { 'font-scale': 0.92, 'text-color': palette.label },
          ],
        ],
        'symbol-sort-key': ['get', 'order'],
      },
      paint: text,
    },
    {
      id: 'community-label',
      type: 'symbol',
      source: 'area-points',
      minzoom: areaZoom.community,
      maxzoom: 15.2,
      filter: level('community'),
      layout: {
        ...pill,
        'text-size': between([12, 11.5 * scale], [15, 14 * scale]),
        'text-field': ['get', 'name'],
      },
      paint: text,
    },
    {
      id: 'street-label',
      type: 'symbol',
      source: 'area-points',
      maxzoom: areaZoom.community,
      filter: level('street'),
      layout: {
        ...pill,
        'text-size': between([9.5, 12 * scale], [11, 14 * scale]),
        'text-field': ['get', 'name'],
        // From far above, names side by side would cover what they name.
        'text-padding': between([10, 20], [11.5, 3]),
      },
      paint: text,
    },
  ]
}
