import type { FontFacesSpecification, Map as MapLibreMap, StyleSpecification } from 'maplibre-gl'
import { slots, type MapLayer, type Slot, type StyleContext, type StyleImage } from './layers/map-layer.ts'
import type { TilePaths } from './map-inputs.ts'
import type { Palette } from './palette.ts'

const tileSets: TilePaths = {
  base: '/api/tiles/base/{z}/{x}/{y}.mvt',
  buildings: '/api/tiles/buildings/{z}/{x}/{y}.mvt',
}

/**
 * The style of the given layers without their data: no glyphs, no sprite, nothing from elsewhere.
 * @param tiles paths of the vector tiles
 * @param origin where `/api` is, as the tile workers need a full address
 */
export function mapStyle(
  layers: readonly MapLayer[],
  context: StyleContext,
  origin: string,
  fontFaces?: FontFacesSpecification,
  tiles: TilePaths = tileSets,
): StyleSpecification {
  const styled = layers.map(({ style }) => style?.(context) ?? {})
  return {
    version: 8,
    ...(fontFaces === undefined ? {} : { 'font-faces': fontFaces }),
    // From the north-west, as on every printed relief.
    light: { anchor: 'map', position: [1.3, 315, 38], color: '#ffffff', intensity: context.palette.shade },
    transition: { duration: 160, delay: 0 },
    sources: Object.assign(
      {},
      ...layers.map(({ sources }) => sources?.({ origin, tiles })),
    ) as StyleSpecification['sources'],
    layers: slots.flatMap((slot) => styled.flatMap((own) => own[slot] ?? [])),
  }
}

/**
 * Id of the style layer that deck.gl's layers of a slot are inserted before: the first of a later slot.
 * @throws RangeError when no later slot has a style layer
 */
export function firstLayerAfter(slot: Slot, layers: readonly MapLayer[], context: StyleContext): string {
  const styled = layers.map(({ style }) => style?.(context) ?? {})
  for (const later of slots.slice(slots.indexOf(slot) + 1))
    for (const own of styled) {
      const [first] = own[later] ?? []
      if (first !== undefined) return first.id
    }
  throw new RangeError(`no style layer is drawn above the slot ${slot}`)
}

/**
 * Changes colours, texts and sizes in place. `setStyle` would compare whole sources, data included, and lose what has
 * been set since; the layers are the same in every context, so only their properties can differ.
 */
export function restyle(map: MapLibreMap, before: StyleSpecification, after: StyleSpecification): void {
  if (after.light !== undefined) map.setLight(after.light)
  for (const [index, layer] of after.layers.entries()) {
    const old = before.layers[index]
    if (old?.id !== layer.id) throw new Error(`style layer ${layer.id} has moved: restyle() needs the same layers`)
    for (const [name, value] of changes(old.paint, layer.paint))
      map.setPaintProperty(layer.id, name as never, value as never)
    if ('layout' in layer && 'layout' in old)
      for (const [name, value] of changes(old.layout, layer.layout))
        map.setLayoutProperty(layer.id, name as never, value as never)
  }
}

function changes(before: object | undefined, after: object | undefined): [string, unknown][] {
  const old = new Map<string, unknown>(Object.entries(before ?? {}))
  return Object.entries(after ?? {}).filter(([name, value]) => JSON.stringify(value) !== JSON.stringify(old.get(name)))
}

/** CSS pixels of an image's sides, and device pixels in each: sharp on a phone and when a wall doubles the size. */
const [imageSide, imageDensity] = [26, 4]

/** Draws every image that the style names: there is no sprite to fetch. */
export function addImages(map: MapLibreMap, layers: readonly MapLayer[], palette: Palette): void {
  for (const image of layers.flatMap(({ images }) => images?.(palette) ?? [])) addImage(map, image)
}

function addImage(map: MapLibreMap, { id, draw, stretch }: StyleImage): void {
  const canvas = document.createElement('canvas')
  canvas.width = canvas.height = imageSide * imageDensity
  const context = canvas.getContext('2d')
  if (context === null) return
  context.scale(imageDensity, imageDensity)
  draw(context)
  const image = context.getImageData(0, 0, canvas.width, canvas.height)
  if (map.hasImage(id)) map.updateImage(id, image)
  else map.addImage(id, image, { pixelRatio: imageDensity, ...stretch })
}
