import type { FeatureCollection } from 'geojson'
import {
  Map as MapLibreMap,
  setWorkerUrl,
  type ExpressionSpecification,
  type GeoJSONSource,
  type MapOptions,
  type StyleSpecification,
} from 'maplibre-gl'
import workerUrl from 'virtual:maplibre-worker-url'
import { areaLabels, sourceOf, spotlight } from './layers/area-features.ts'
import { withReach } from './layers/area-reach.ts'
import { DataLayers } from './data-layers.ts'
import type { MapFonts } from './fonts.ts'
import { addIcons } from './layers/facility-icons.ts'
import type { Camera, MapInputs, MapLayer } from './map-inputs.ts'
import { isCode, nothing } from './layers/areas.ts'
import { mapStyle } from './style.ts'
import { palettes } from './palette.ts'
import { restyle } from './restyle.ts'

setWorkerUrl(workerUrl)

/** Which layers of the style a switch of the interface means; incidents and density are drawn by deck.gl. */
const switched: Record<MapLayer, string[]> = {
  grids: ['grid-line', 'grid-label', 'wide-grid-line', 'wide-grid-label'],
  buildings: ['building-flat', 'building-3d'],
  incidents: [],
  facilities: ['facility', 'detector'],
  labels: ['building-name', 'road-name-lane', 'road-name', 'water-name', 'place-name'],
}

const noFeatures: FeatureCollection = { type: 'FeatureCollection', features: [] }

export type SceneOptions = { camera: Camera | null; fonts: MapFonts; map?: Partial<MapOptions> }

/** One map and what is drawn on it: inputs in, picture out. Knows neither pointer nor page. */
export class Scene {
  readonly map: MapLibreMap
  readonly data: DataLayers
  /** Style and data layers stand; tiles may still be coming. */
  readonly loaded: Promise<void>
  #inputs: MapInputs
  #style: StyleSpecification
  #fonts: MapFonts
  #standing = false

  constructor(container: HTMLElement, inputs: MapInputs, { camera, fonts, map: options }: SceneOptions) {
    this.#inputs = inputs
    this.#fonts = fonts
    this.#style = this.#styleOf(inputs)
    const { lon, lat, zoom, bearing, pitch } = camera ?? { lon: 108, lat: 33, zoom: 3.2, bearing: 0, pitch: 0 }
    this.map = new MapLibreMap({
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
    this.map.setPadding(inputs.padding)
    this.data = new DataLayers(this.map)
    this.data.update(inputs)
    this.map.on('style.load', () => addIcons(this.map, palettes[inputs.theme]))
    this.loaded = new Promise((resolve) => {
      this.map.once('load', () => {
        this.#standing = true
        this.data.stand()
        this.#apply(this.#inputs, null)
        resolve()
      })
    })
  }

  update(inputs: MapInputs): void {
    const before = this.#inputs
    this.#inputs = inputs
    this.data.update(inputs)
    if (this.#standing) this.#apply(inputs, before)
  }

  destroy(): void {
    this.data.destroy()
    this.map.remove()
  }

  #styleOf({ theme, language, scale }: MapInputs): StyleSpecification {
    const { fonts, faces } = this.#fonts
    return mapStyle({ palette: palettes[theme], language, scale, fonts }, location.origin, faces)
  }

  #apply(inputs: MapInputs, before: MapInputs | null): void {
    if (before !== null && (['theme', 'language', 'scale'] as const).some((key) => inputs[key] !== before[key])) {
      const style = this.#styleOf(inputs)
      restyle(this.map, this.#style, style)
      this.#style = style
      addIcons(this.map, palettes[inputs.theme])
    }
    if (inputs.areas !== before?.areas) {
      this.#fill('streets', inputs.areas?.streets)
      this.#fill('communities', withReach('community', inputs.areas?.communities))
      this.#fill('grids', withReach('grid', inputs.areas?.grids))
      this.#fill('area-points', areaLabels(inputs.areas))
    }
    if (inputs.areas !== before?.areas || inputs.area !== before?.area) {
      this.#fill('spotlight', spotlight(inputs.areas, inputs.area))
      this.outline('looked-into', inputs.area)
      this.#quieten(inputs.area)
    }
    if (inputs.facilities !== before?.facilities) this.#fill('facilities', inputs.facilities)
    if (inputs.layers !== before?.layers) this.#switch(inputs.layers)
    if (inputs.selected !== before?.selected) {
      this.outline('selected', inputs.selected?.kind === 'area' ? inputs.selected.id : null)
      const building = inputs.selected?.kind === 'building' ? inputs.selected.id : nothing
      this.map.setFilter('building-selected', isCode(building))
    }
    if (
      inputs.selected !== before?.selected ||
      inputs.facilities !== before?.facilities ||
      inputs.columns !== before?.columns
    )
      this.#fill('selection', this.data.placeOf(inputs))
  }

  /** Draws one area's outline in the accent; null draws none. */
  outline(role: 'looked-into' | 'hovered' | 'selected', code: string | null): void {
    const known = code !== null && /^(\d{9}|\d{12}|\d{15})$/.test(code) ? sourceOf(code) : null
    for (const source of ['streets', 'communities', 'grids'] as const)
      this.map.setFilter(`${source}-${role}`, isCode(source === known && code !== null ? code : nothing))
  }

  /** Names outside the area that is looked into step back with their ground. */
  #quieten(area: string | null): void {
    const opacity: ExpressionSpecification | number =
      area === null ? 1 : ['case', ['==', ['slice', ['get', 'code'], 0, area.length], area], 1, 0.3]
    for (const label of ['grid-label', 'community-label', 'wide-grid-label', 'wide-community-label'])
      for (const part of ['text-opacity', 'icon-opacity'] as const) this.map.setPaintProperty(label, part, opacity)
  }

  #switch(layers: MapInputs['layers']): void {
    for (const [name, ids] of Object.entries(switched))
      for (const id of ids) this.map.setLayoutProperty(id, 'visibility', layers[name as MapLayer] ? 'visible' : 'none')
  }

  #fill(source: string, data: FeatureCollection | undefined): void {
    const target = this.map.getSource<GeoJSONSource>(source)
    void target?.setData(data ?? noFeatures)
  }
}
