import { isRoad } from './base-map.ts'
import { fromBuildings } from './buildings.ts'
import { between, defineLayer, growing, nameIn, type StyleContext, type StyleLayer } from './map-layer.ts'

export const placeNames = defineLayer({
  id: 'labels',
  switch: { kind: 'checkbox', label: { zh: '地名', en: 'Place names' }, initial: true },
  style: (context) => ({ names: nameLayers(context) }),
})

/** Names of roads, waters, parks and places, quieter the smaller the thing. */
function nameLayers({ palette, language, scale, fonts }: StyleContext): StyleLayer[] {
  const name = nameIn(language)
  // Sharp and narrow: blurred, it looks smeared where the density below is bright.
  const halo = { 'text-halo-color': palette.halo, 'text-halo-width': 1.2, 'text-halo-blur': 0 }
  const along = (id: string, kinds: Parameters<typeof isRoad>[0][], minzoom: number, size: number): StyleLayer => ({
    id,
    type: 'symbol',
    source: 'base',
    'source-layer': 'road',
    minzoom,
    filter: ['all', ['!=', name, ''], ['any', ...kinds.map(isRoad)]] as never,
    layout: {
      'symbol-placement': 'line',
      'symbol-spacing': 360,
      'text-field': name,
      'text-font': fonts,
      'text-size': growing(scale, [minzoom, size], [18, size + 3]),
      'text-letter-spacing': language === 'zh' ? 0.12 : 0.02,
      'text-max-angle': 32,
      'text-padding': 6,
      'text-rotation-alignment': 'map',
      'text-pitch-alignment': 'viewport',
    },
    paint: { 'text-color': palette.labelQuiet, ...halo },
  })
  return [
    {
      id: 'building-name',
      type: 'symbol',
      ...fromBuildings,
      minzoom: 17,
      filter: ['!=', ['coalesce', ['get', 'name'], ''], ''],
      layout: {
        'text-field': name,
        'text-font': fonts,
        'text-size': 11 * scale,
        'text-max-width': 7,
        'text-padding': 8,
      },
      paint: { 'text-color': palette.labelQuiet, ...halo },
    },
    along('road-name-lane', ['lane', 'branch'], 15.2, 11),
    along('road-name', ['middle', 'major'], 13.4, 11.5),
    {
      id: 'water-name',
      type: 'symbol',
      source: 'base',
      'source-layer': 'water',
      minzoom: 12,
      filter: ['!=', name, ''] as never,
      layout: {
        'text-field': name,
        'text-font': fonts,
        'text-size': between([12, 12 * scale], [16, 17 * scale]),
        'text-letter-spacing': 0.3,
        'text-padding': 60,
      },
      paint: { 'text-color': palette.labelWater, 'text-halo-color': palette.water, 'text-halo-width': 1 },
    },
    {
      id: 'place-name',
      type: 'symbol',
      source: 'base',
      'source-layer': 'place',
      minzoom: 13.5,
      filter: ['all', ['!=', name, ''], ['!=', ['get', 'kind'], 'house_number']] as never,
      layout: {
        'text-field': name,
        'text-font': fonts,
        'text-size': 12 * scale,
        'text-max-width': 8,
        'text-padding': 10,
        'symbol-sort-key': ['coalesce', ['get', 'rank'], 9],
      },
      paint: { 'text-color': palette.label, ...halo },
    },
    {
      id: 'house-number',
      type: 'symbol',
      source: 'base',
      'source-layer': 'place',
      minzoom: 17.3,
      filter: ['==', ['get', 'kind'], 'house_number'],
      layout: { 'text-field': ['get', 'name'], 'text-font': fonts, 'text-size': 10 * scale, 'text-padding': 2 },
      paint: { 'text-color': palette.labelQuiet, ...halo },
    },
  ]
}
