import type { AccessObject } from '@minqing/data/domain/access'
import type { BoundingBox } from '@minqing/data/domain/position'
import type { DataStatus } from '@minqing/data/domain/data-status'
import type { IncidentColumns } from '@minqing/data/domain/incident-columns'
import type { Language } from '@minqing/data/domain/label'
import type { FeatureCollection } from 'geojson'
import type { Camera } from '../view/camera.ts'
import type { MapTarget } from '../view/parameters.ts'
import type { PixelWindow } from './canvas-window.ts'
import type { DensityResult } from './density/density-result.ts'
import type { LayerInputs } from './layers/map-layer.ts'

/** Everything that the map draws from. It reports through `MapEvents` and is operated through `MapHandle`. */
export type MapInputs = {
  theme: 'dark' | 'light'
  language: Language
  /** Versions of the collections; vector tiles are reloaded when that of theirs changes. */
  versions: DataStatus['versions'] | undefined
  /** Collections `streets`, `communities`, `grids`, as the API serves them. */
  areas: { streets: FeatureCollection; communities: FeatureCollection; grids: FeatureCollection } | undefined
  facilities: FeatureCollection | undefined
  columns: IncidentColumns | undefined
  /** Zoom from which incidents are drawn one by one, where it is not the one from which they can be told apart. */
  incidentsFrom?: number
  /** Where the density is made from cells of an aggregate instead of from `columns`. */
  cells?: { x: Int32Array; y: Int32Array; weights: Float32Array } | undefined
  /** One byte a row of `columns`: 1 where the filter holds. A new array is a new filter. */
  mask: Uint8Array | undefined
  density: {
    mode: 'heat' | 'hexagon' | 'off'
    /** Metres: the kernel's bandwidth, or a hexagon's circumradius. */
    bandwidth: number
    /** Whether it fades out where single incidents are drawn. */
    fades?: boolean
  }
  /** The result of an analysis, drawn by the layer `hot-spots`. */
  analysis?: AnalysisOverlay | undefined
  /** Cases that are due today, drawn by the layer `due`. */
  due?: DueOverlay | undefined
  /** Ids of the layers that are switched on; unknown ones are ignored. Null: as each layer is by default. */
  layers: readonly string[] | null
  /** What the reader may not see: layers of these are neither drawn nor asked for. */
  withheld?: readonly AccessObject[]
  /** The area that is looked into, or null for everything. Its outline is drawn, the rest recedes. */
  area: string | null
  selected: MapTarget | null
  /** Pixels that panels cover on each side: the camera keeps what matters in the free part. */
  padding: { top: number; right: number; bottom: number; left: number }
  /** Where to begin; afterwards the camera belongs to the map. */
  initialCamera: Camera | null
  /** Paths of the vector tiles, where they are not those of the tile sets. */
  tiles?: TilePaths
  /** 1 on the map page; more on a wall, whose labels are larger. */
  scale: number
  interactive: boolean
}

/** What colours units by the values of one of their properties; values that are not named are not drawn. */
export type MapCategories = {
  property: 'class' | 'emerging' | 'voice'
  title: string
  note: string
  entries: { value: string | number; name: string; colour: Record<MapInputs['theme'], string> }[]
}

/** Units of an analysis, with what the map shows of them. */
export type AnalysisOverlay = {
  /**
   * Properties `code`, `spot`, `class` (significance, −3 to 3), `step` (class of the value from 0, −1 without one) and
   * `emerging` (`EmergingClass`, of emerging hot spots) and `voice` (`Voice`, of silent areas).
   */
  features: FeatureCollection
  /** `outline`: significance as lines, where heat is drawn as well. */
  show: 'significance' | 'outline' | 'value' | 'categories'
  /** Of `categories`. */
  categories?: MapCategories
  /** Lower limits of the classes of the value, ascending. */
  breaks: number[]
  /** Of the legend: what is shown, and in what unit. */
  title: string
  note: string
  /** Codes of the units that are outlined; null where units cannot be selected, and the note says what is shown. */
  selected: readonly string[] | null
}

/** Cases in which something is due today. */
export type DueOverlay = {
  /**
   * Points with the properties `id` (`<street>-<number>`), `due` (`DueClass`), `type`, `status`, `risk`, `positionSource`,
   * and `lines`: the task as JSON, a list of names and values.
   */
  features: FeatureCollection
  /** Of the legend; `names` are those of the classes, in order. */
  legend: Required<Pick<MapLegend, 'title' | 'note' | 'names'>> & Pick<MapLegend, 'link'>
}

/** Paths of the vector tiles, with {z}, {x} and {y}. */
export type TilePaths = { base: string; buildings: string }

/** What lies under the pointer, with the point of the screen to put a card at. */
export type MapHit = MapTarget & {
  x: number
  y: number
  lon: number
  lat: number
  properties: Record<string, unknown>
}

/** What the colours of a layer mean, in the language of the inputs. */
export type MapLegend = {
  /** Id of the layer. */
  layer: string
  title: string
  note: string
  /** Lower limits of the classes, ascending; their numbers where the classes have names. */
  breaks: number[]
  /** Names of the classes, where they are no ranges of numbers. */
  names?: string[]
  /** CSS colours, one for each class. */
  colours: string[]
  /** What the classes are drawn as, where these are shapes. */
  marks?: MapMark[]
  /** Where more is said of what the layer shows. */
  link?: { text: string; href: string }
}

/** A symbol of the map as lines on a field of 26 × 26: an outline, and lines within it. CSS colours. */
export type MapMark = {
  outline: [x: number, y: number][]
  line: string
  fill: string
  glyph: [x: number, y: number][][]
  ink: string
}

export type MapEvents = {
  onReady?: () => void
  onCamera?: (camera: Camera) => void
  onHover?: (hit: MapHit | null) => void
  onSelect?: (hit: MapHit | null) => void
  /** Legends of the layers that are shown and have something drawn. */
  onLegends?: (legends: MapLegend[]) => void
  onState?: (state: MapState) => void
}

/**
 * `not_loaded`: the server is away before the map's scripts have come; `context_lost`: the graphics driver took the
 * picture away, a new one is being made; `unsupported`: the browser has no WebGL.
 */
export type MapState = 'loading' | 'shown' | 'not_loaded' | 'context_lost' | 'unsupported'

export type MapHandle = {
  /** Moves so that the box fills the free part of the map. */
  fit: (box: BoundingBox, options?: { animate?: boolean; pitch?: number; bearing?: number; maxZoom?: number }) => void
  camera: () => Camera
  zoomBy: (steps: number) => void
  resetNorth: () => void
  /** Legends of the layers that are shown and have something drawn. */
  legends: () => Promise<MapLegend[]>
  /** The picture as it stands, base map and data: the ground now in view, fitted into the picture. */
  picture: (options: PictureOptions) => Promise<MapPicture>
}

/**
 * `width` × `height` CSS pixels, drawn with `pixelRatio` device pixels each. `theme` may differ from the screen's,
 * because paper is white.
 */
export type PictureOptions = {
  width: number
  height: number
  pixelRatio: number
  theme: MapInputs['theme']
  signal?: AbortSignal
}

/** What can be changed of a picture; `box` is fitted into it. */
export type PictureChange = {
  box?: BoundingBox
  signal?: AbortSignal | undefined
} & Partial<Pick<LayerInputs, 'area' | 'mask' | 'densities'>>

/** A map off the screen that is printed from. It is as large as the page needs, and is drawn in parts. */
export type MapPicture = {
  /** Size in device pixels. */
  readonly pixels: { readonly width: number; readonly height: number }
  /** The legends in the colours of the picture's theme. */
  readonly legends: MapLegend[]
  /** Ground metres of one CSS pixel at the centre, along the width. */
  readonly metresPerPixel: number
  /** Degrees clockwise that up is away from north. */
  readonly bearing: number
  readonly pitch: number
  /** CSS pixels from the upper left corner. */
  project: (lon: number, lat: number) => [x: number, y: number]
  unproject: (x: number, y: number) => [lon: number, lat: number]
  /** Draws a part, in device pixels, onto a canvas of its size that is valid until the next call. */
  draw: (part: PixelWindow) => HTMLCanvasElement
  /** Resolves when what has changed is drawn. */
  show: (change: PictureChange) => Promise<void>
  /** The density of other rows with the map's bandwidth; null where the map shows none. */
  density: (mask: Uint8Array, signal?: AbortSignal) => Promise<DensityResult | null>
  close: () => void
}
