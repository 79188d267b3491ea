import type { AccessObject } from '@minqing/data/domain/access'
import type { Layer as DeckLayer } from '@deck.gl/core'
import type { Label, Language } from '@minqing/data/domain/label'
import type { FeatureCollection } from 'geojson'
import type {
  ExpressionSpecification,
  GeoJSONSource,
  LayerSpecification,
  Map as MapLibreMap,
  Point,
  SourceSpecification,
} from 'maplibre-gl'
import type { MapTarget } from '../../view/parameters.ts'
import type { DensityResult } from '../density/density-result.ts'
import type { MapInputs, MapLegend, TilePaths } from '../map-inputs.ts'
import type { Palette } from '../palette.ts'

/**
 * The drawing order, from below: data on the ground lies under what rises from it, points lie under names. Layers
 * that share a slot are drawn in the order of the registry.
 */
export const slots = [
  'ground',
  'footprints',
  'roads',
  'density',
  'buildings',
  'spotlight',
  'grid-lines',
  'area-lines',
  'incidents',
  'names',
  'symbols',
  'grid-labels',
  'area-labels',
] as const
export type Slot = (typeof slots)[number]

export type StyleLayer = LayerSpecification

/** What the style layers depend on; they are the same, in the same order, in every context. */
export type StyleContext = {
  palette: Palette
  language: Language
  /** 1 on the map page, more on a wall: widths and sizes grow together. */
  scale: number
  /** CSS families, or the name under which the style declares its font files. */
  fonts: string[]
}

/** The map's inputs and what the map itself adds to them. */
export type LayerInputs = MapInputs & {
  /** The last result of each kind of density. */
  densities: { [Mode in DensityResult['mode']]?: Extract<DensityResult, { mode: Mode }> }
  /** Where the camera came to rest; null until the style has loaded. */
  resting: { zoom: number; west: number; south: number; east: number; north: number } | null
  /** Code of the area under the pointer. */
  hovered: string | null
}

/** Whether any of the inputs differs from the last call's; true for all of them in the first call. */
export type Changed = (...names: (keyof LayerInputs)[]) => boolean

export type Found = MapTarget & { properties: Record<string, unknown> }

/** The part of a layer that belongs to one map and ends with it. */
export type AttachedLayer = {
  /** Applies the inputs to sources and style layers. Called once the style has loaded and after every change. */
  update?: (inputs: LayerInputs, changed: Changed) => void
  deck?: {
    slot: Slot
    /** The inputs that the layers are made from: they are made again only when one of these has changed. */
    uses: (keyof LayerInputs)[]
    /** Data that is the same must keep its identity. Visibility and place are added by the scene. */
    layers: (inputs: LayerInputs) => DeckLayer[]
  }
  /** What of this layer lies under a point of the screen. Asked only while the layer is shown. */
  hit?: (point: Point, inputs: LayerInputs) => Found | null
}

/** How a layer is switched: by a checkbox (URL parameter `layers`), or as one of the kinds of density. */
export type LayerSwitch = { kind: 'checkbox'; label: Label; initial: boolean } | { kind: 'density'; label: Label }

/** An image that the style names, drawn on a canvas of 26 × 26 CSS pixels. */
export type StyleImage = {
  id: string
  draw: (context: CanvasRenderingContext2D) => void
  stretch?: { stretchX: [number, number][]; stretchY: [number, number][]; content: [number, number, number, number] }
}

/** All that one layer of the map is. Everything that handles layers goes through `mapLayers` of `registry.ts`. */
export type MapLayer<Id extends string = string> = {
  id: Id
  /** Absent: always shown. */
  switch?: LayerSwitch
  /** What of the policy it shows, where not everybody who may see the map may see it. */
  object?: AccessObject
  /** Hit tests run from the lowest rank up, so that a smaller feature wins over the one that it lies in. */
  hitRank?: number
  /** Data by source; the tiles are at `tiles` of `origin`. */
  sources?: (address: { origin: string; tiles: TilePaths }) => Record<string, SourceSpecification>
  style?: (context: StyleContext) => { [Name in Slot]?: StyleLayer[] }
  images?: (palette: Palette) => StyleImage[]
  /** Null while nothing is drawn. */
  legend?: (inputs: LayerInputs) => MapLegend | null
  attach?: (map: MapLibreMap) => AttachedLayer
}

/** A layer as it is written, with its id known to the compiler. */
export function defineLayer<const Id extends string>(layer: MapLayer<Id>): MapLayer<Id> {
  return layer
}

export function isShown(
  { id, object, switch: own }: MapLayer,
  { layers, density, withheld = [] }: Pick<MapInputs, 'layers' | 'density' | 'withheld'>,
): boolean {
  if (object !== undefined && withheld.includes(object)) return false
  switch (own?.kind) {
    case undefined:
      return true
    case 'density':
      return density.mode === id
    case 'checkbox':
      return layers === null ? own.initial : layers.includes(id)
  }
}

export const noFeatures: FeatureCollection = { type: 'FeatureCollection', features: [] }

export function setData(map: MapLibreMap, source: string, data: FeatureCollection | undefined): void {
  void map.getSource<GeoJSONSource>(source)?.setData(data ?? noFeatures)
}

/** The result of the last call, for as long as it is called with the same arguments. */
export function lastCall<Arguments extends unknown[], Result>(
  make: (...values: Arguments) => Result,
): (...values: Arguments) => Result {
  let last: { values: Arguments; result: Result } | null = null
  return (...values) => {
    if (last === null || values.some((value, index) => value !== last!.values[index]))
      last = { values, result: make(...values) }
    return last.result
  }
}

/** A hit on a feature whose property `key` is the id of the target. */
export function foundFeature(
  kind: MapTarget['kind'],
  properties: Record<string, unknown> | undefined,
  key: string,
): Found | null {
  const id = properties?.[key]
  return properties !== undefined && typeof id === 'string' ? { kind, id, properties } : null
}

/** A width that doubles with about every level, through the given stops of zoom and pixels. */
export function growing(scale: number, ...stops: [zoom: number, pixels: number][]): ExpressionSpecification {
  return [
    'interpolate',
    ['exponential', 1.6],
    ['zoom'],
    ...stops.flatMap(([zoom, pixels]) => [zoom, pixels * scale]),
  ] as unknown as ExpressionSpecification
}

/** A value between stops of zoom. */
export function between(...stops: [zoom: number, value: number][]): ExpressionSpecification {
  return ['interpolate', ['linear'], ['zoom'], ...stops.flat()] as unknown as ExpressionSpecification
}

/** English where it is wanted and there is such a name, Chinese otherwise. */
export function nameIn(language: Language): ExpressionSpecification {
  return language === 'en' ? ['coalesce', ['get', 'nameEn'], ['get', 'name'], ''] : ['coalesce', ['get', 'name'], '']
}
