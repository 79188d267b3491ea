import { collectionNames } from '@minqing/data/domain/data-status'
import type { Layer as DeckLayer } from '@deck.gl/core'
import { ScatterplotLayer, type ScatterplotLayerProps } from '@deck.gl/layers'
import { MapLibreOverlay } from '@deck.gl/maplibre'
import { Map as MapLibreMap, setWorkerUrl, type MapOptions, type Point, type StyleSpecification } from 'maplibre-gl'
import workerUrl from 'virtual:maplibre-worker-url'
import type { Camera } from '../view/camera.ts'
import type { MapFonts } from './fonts.ts'
import {
  isShown,
  type AttachedLayer,
  type Changed,
  type LayerInputs,
  type MapLayer,
  type StyleContext,
} from './layers/map-layer.ts'
import { mapLayers } from './layers/registry.ts'
import type { MapHit, MapLegend } from './map-inputs.ts'
import { palettes } from './palette.ts'
import { retryRefusedTiles } from './refused-tiles.ts'
import { addImages, firstLayerAfter, mapStyle, restyle } from './style.ts'

setWorkerUrl(workerUrl)

export type SceneOptions = { camera: Camera | null; fonts: MapFonts; map?: Partial<MapOptions> }

/** A layer of the registry with its part in this map. */
type Entry = {
  layer: MapLayer
  own: AttachedLayer
  styleIds: string[]
  /** The style layer that deck.gl draws it below. */
  beforeId: string | null
  shown: boolean
  /** What deck.gl draws of it, as of the last inputs with which it was shown, and whether these are out of date. */
  deck: DeckLayer[]
  outdated: boolean
}

/** One MapLibre map with all layers of the registry. It knows neither pointer nor page: see `MapView`. */
export class MapScene {
  readonly map: MapLibreMap
  /** Resolves when style and layers are there; tiles may still be loading. */
  readonly loaded: Promise<void>
  readonly #fonts: MapFonts
  readonly #entries: Entry[]
  #inputs: LayerInputs
  #style: StyleSpecification
  #overlay: MapLibreOverlay | null = null

  constructor(container: HTMLElement, inputs: LayerInputs, { camera, fonts, map: options }: SceneOptions) {
    this.#inputs = inputs
    this.#fonts = fonts
    this.#style = this.#styleFor(inputs)
    const { lon, lat, zoom, bearing, pitch } = camera ?? { lon: 108, lat: 33, zoom: 3.2, bearing: 0, pitch: 0 }
    const map = new MapLibreMap({
      container,
      style: this.#style,
      center: [lon, lat],
      zoom,
      bearing,
      pitch,
      minZoom: 2,
      maxZoom: 20,
      maxPitch: 65,
      interactive: inputs.interactive,
      attributionControl: false,
      renderWorldCopies: false,
      fadeDuration: 160,
      // Above the default 4096 pixels a wall would silently be drawn coarser.
      maxCanvasSize: [8192, 8192],
      canvasContextAttributes: { antialias: true, powerPreference: 'high-performance' },
      validateStyle: false,
      locale: { 'Map.Title': inputs.language === 'zh' ? '地图' : 'Map' },
      ...options,
    })
    this.map = map
    retryRefusedTiles(map)
    map.setPadding(inputs.padding)
    const context = this.#context(inputs)
    this.#entries = mapLayers.map((layer) => {
      const own = layer.attach?.(map) ?? {}
      const styled = Object.values(layer.style?.(context) ?? {}).flat()
      const beforeId = own.deck === undefined ? null : firstLayerAfter(own.deck.slot, mapLayers, context)
      return { layer, own, styleIds: styled.map(({ id }) => id), beforeId, shown: true, deck: [], outdated: true }
    })
    map.on('style.load', () => addImages(map, mapLayers, palettes[this.#inputs.theme]))
    this.loaded = new Promise((resolve) => {
      map.once('load', () => {
        this.#start()
        resolve()
      })
    })
  }

  get inputs(): LayerInputs {
    return this.#inputs
  }

  /** Legends of the layers that are shown and have something drawn. */
  get legends(): MapLegend[] {
    const shown = mapLayers.filter((layer) => isShown(layer, this.#inputs))
    return shown.flatMap((layer) => layer.legend?.(this.#inputs) ?? [])
  }

  update(patch: Partial<LayerInputs>): void {
    const before = this.#inputs
    this.#inputs = { ...before, ...patch }
    const changed: Changed = (...names) => names.some((name) => this.#inputs[name] !== before[name])
    if (this.#overlay === null) return
    this.#apply(changed)
    if (changed('versions')) this.#refreshTiles(before.versions)
  }

  /** A source of vector tiles has the name of the collection whose version its tiles depend on. */
  #refreshTiles(before: LayerInputs['versions']): void {
    const { versions } = this.#inputs
    if (before === undefined || versions === undefined) return
    for (const name of collectionNames)
      if (this.#style.sources[name]?.type === 'vector' && before[name] !== versions[name]) this.map.refreshTiles(name)
  }

  /** What lies under a point of the screen: the smallest thing first. */
  hitAt(point: Point): MapHit | null {
    for (const { own, shown } of this.#entries.toSorted((a, b) => rankOf(a.layer) - rankOf(b.layer))) {
      const found = shown ? own.hit?.(point, this.#inputs) : null
      if (!found) continue
      const { lng, lat } = this.map.unproject(point)
      return { ...found, x: point.x, y: point.y, lon: lng, lat }
    }
    return null
  }

  destroy(): void {
    this.map.off('moveend', this.#rest)
    if (this.#overlay !== null) this.map.removeControl(this.#overlay)
    this.#overlay = null
    this.map.remove()
  }

  /** Once the style has loaded: before that there is nothing for deck.gl to draw between. */
  #start(): void {
    this.#overlay = new MapLibreOverlay({ interleaved: true, layers: this.#placeholders() })
    this.map.addControl(this.#overlay)
    this.map.on('moveend', this.#rest)
    this.#inputs = { ...this.#inputs, resting: this.#restingCamera() }
    this.#apply(() => true)
  }

  readonly #rest = () => this.update({ resting: this.#restingCamera() })

  #restingCamera(): NonNullable<LayerInputs['resting']> {
    const bounds = this.map.getBounds()
    return {
      zoom: this.map.getZoom(),
      west: bounds.getWest(),
      south: bounds.getSouth(),
      east: bounds.getEast(),
      north: bounds.getNorth(),
    }
  }

  /** A page renders for many reasons; only what an input changes is touched. */
  #apply(changed: Changed): void {
    const inputs = this.#inputs
    if (changed('theme', 'language', 'scale')) this.#restyle()
    let redraw = false
    for (const entry of this.#entries) {
      const { layer, own } = entry
      const shown = isShown(layer, inputs)
      own.update?.(inputs, changed)
      if (shown !== entry.shown)
        for (const id of entry.styleIds) this.map.setLayoutProperty(id, 'visibility', shown ? 'visible' : 'none')
      if (own.deck !== undefined) {
        entry.outdated ||= changed(...own.deck.uses)
        const remake = shown && entry.outdated
        if (remake) {
          entry.deck = own.deck.layers(inputs)
          entry.outdated = false
        }
        redraw ||= remake || shown !== entry.shown
      }
      entry.shown = shown
    }
    if (redraw) this.#overlay?.setProps({ layers: [...this.#placeholders(), ...this.#deckLayers()] })
  }

  #restyle(): void {
    const style = this.#styleFor(this.#inputs)
    restyle(this.map, this.#style, style)
    this.#style = style
    addImages(this.map, mapLayers, palettes[this.#inputs.theme])
  }

  /** Layers that are switched off are hidden rather than removed, because deck.gl leaks what is removed. */
  #deckLayers(): DeckLayer[] {
    return this.#entries.flatMap(({ shown, deck, beforeId }) =>
      deck.map((layer) => layer.clone({ visible: shown && layer.props.visible, beforeId } as object) as DeckLayer),
    )
  }

  /**
   * The overlay takes its places among the style layers only while the style is at rest, and gives a place up with the
   * last layer in it. These hold every place from the start.
   */
  #placeholders(): DeckLayer[] {
    const places = new Set(this.#entries.map(({ beforeId }) => beforeId).filter((id) => id !== null))
    return [...places].map((beforeId) => {
      const props: ScatterplotLayerProps & { beforeId: string } = {
        id: `before-${beforeId}`,
        data: [],
        visible: false,
        beforeId,
      }
      return new ScatterplotLayer(props)
    })
  }

  #styleFor(inputs: LayerInputs): StyleSpecification {
    return mapStyle(mapLayers, this.#context(inputs), location.origin, this.#fonts.faces, inputs.tiles)
  }

  #context({ theme, language, scale }: LayerInputs): StyleContext {
    return { palette: palettes[theme], language, scale, fonts: this.#fonts.fonts }
  }
}

function rankOf({ hitRank = Infinity }: MapLayer): number {
  return hitRank
}
