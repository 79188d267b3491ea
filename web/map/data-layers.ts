import type { Layer } from '@deck.gl/core'
import { ScatterplotLayer, type ScatterplotLayerProps } from '@deck.gl/layers'
import { MapLibreOverlay } from '@deck.gl/maplibre'
import { densityAt } from '@minqing/data/geo/density-raster'
import { hexagonKey } from '@minqing/data/geo/hexagon-bins'
import { metresOf } from '@minqing/data/geo/point-clusters'
import type { FeatureCollection } from 'geojson'
import type { Map as MapLibreMap } from 'maplibre-gl'
import { densityLayers } from './layers/density-layers.ts'
import { incidentLayer } from './layers/incidents.ts'
import { incidentMarks } from './layers/incident-marks.ts'
import type { DensityPicture } from './density/density-protocol.ts'
import {
  incidentsFrom,
  incidentsInView,
  noIncidents,
  type Box,
  type IncidentsInView,
} from './layers/incidents-in-view.ts'
import type { MapHit, MapInputs } from './map-inputs.ts'
import { groundDataBefore, pointDataBefore } from './style.ts'
import { palettes } from './palette.ts'

/** Density and incidents, drawn by deck.gl between the layers of the map's own style. */
export class DataLayers {
  readonly #map: MapLibreMap
  #overlay: MapLibreOverlay | null = null
  #inputs: MapInputs | null = null
  /** The last picture of each mode: layers are hidden rather than removed, because removing them leaks. */
  readonly #pictures: Partial<Record<DensityPicture['mode'], DensityPicture>> = {}
  #densityLayers: { of: DensityPicture; theme: MapInputs['theme']; layers: Layer[] }[] = []
  #incidents: IncidentsInView = noIncidents
  #marks: { theme: MapInputs['theme']; marks: ReturnType<typeof incidentMarks> } | null = null

  constructor(map: MapLibreMap) {
    this.#map = map
  }

  /** Once the style has loaded: before that there is nothing to be drawn between. */
  stand(): void {
    this.#overlay = new MapLibreOverlay({ interleaved: true, layers: placeholders() })
    this.#map.addControl(this.#overlay)
    this.#map.on('moveend', this.#moved)
    this.#draw()
  }

  destroy(): void {
    this.#map.off('moveend', this.#moved)
    if (this.#overlay !== null) this.#map.removeControl(this.#overlay)
    this.#overlay = null
  }

  update(inputs: MapInputs): void {
    const before = this.#inputs
    this.#inputs = inputs
    const differs = (...keys: (keyof MapInputs)[]) => keys.some((key) => inputs[key] !== before?.[key])
    if (differs('columns', 'mask', 'layers')) this.#look()
    // A page renders for many reasons; the map is drawn again only for its own.
    if (differs('columns', 'mask', 'layers', 'theme', 'scale') || inputs.density.mode !== before?.density.mode)
      this.#draw()
  }

  show(picture: DensityPicture): void {
    this.#pictures[picture.mode] = picture
    this.#draw()
  }

  get incidents(): IncidentsInView {
    return this.#incidents
  }

  get picture(): DensityPicture | null {
    const mode = this.#inputs?.density.mode ?? 'off'
    return mode === 'off' ? null : (this.#pictures[mode] ?? null)
  }

  /** What the picture says at a place. */
  densityAt(lon: number, lat: number): MapHit['density'] {
    const { picture } = this
    if (picture === null) return null
    switch (picture.mode) {
      case 'heat': {
        const values = picture.patches.map(({ frame, grid }) => densityAt(grid, ...metresOf(frame, lon, lat)))
        return { perHectare: Math.max(0, ...values), cases: null }
      }
      case 'hexagon': {
        const counts = picture.patches.map(({ frame, grid }) => {
          const at = grid.index.get(hexagonKey(...metresOf(frame, lon, lat), grid.circumradius))
          return at === undefined ? 0 : grid.counts[at]!
        })
        const cases = Math.max(0, ...counts)
        return { cases, perHectare: (cases / (picture.patches[0]?.grid.area ?? 1)) * 10_000 }
      }
    }
  }

  /** Where the selected incident or facility is, as features for the ring around it. */
  placeOf({ selected, columns, facilities }: MapInputs): FeatureCollection {
    const at = (coordinates: number[]): FeatureCollection => ({
      type: 'FeatureCollection',
      features: [{ type: 'Feature', properties: {}, geometry: { type: 'Point', coordinates } }],
    })
    if (selected?.kind === 'facility') {
      const found = facilities?.features.find((feature) => feature.id === selected.id)
      if (found?.geometry.type === 'Point') return at(found.geometry.coordinates)
    }
    if (selected?.kind === 'incident' && columns !== undefined) {
      const [street, number] = [selected.id.slice(0, 9), selected.id.slice(10)]
      for (let row = 0; row < columns.length; row++)
        if (columns.number(row) === number && columns.street(row) === street)
          return at([columns.x[row]! * 1e-7, columns.y[row]! * 1e-7])
    }
    return { type: 'FeatureCollection', features: [] }
  }

  /** Feature id of a row. */
  incidentId(row: number): string {
    const { columns } = this.#inputs!
    return `${columns!.street(row)}-${columns!.number(row)}`
  }

  readonly #moved = () => {
    this.#look()
    this.#draw()
  }

  /** Chooses the cases that are drawn one by one, a little beyond the edges so that a short pan stays filled. */
  #look(): void {
    const inputs = this.#inputs
    const near = this.#map.getZoom() >= (inputs?.incidentsFrom ?? incidentsFrom) && inputs?.layers.incidents === true
    this.#incidents =
      near && inputs.columns ? incidentsInView(inputs.columns, inputs.mask, this.#surroundings()) : noIncidents
  }

  #surroundings(): Box {
    const bounds = this.#map.getBounds()
    const [width, height] = [bounds.getEast() - bounds.getWest(), bounds.getNorth() - bounds.getSouth()]
    return {
      west: bounds.getWest() - width * 0.25,
      east: bounds.getEast() + width * 0.25,
      south: bounds.getSouth() - height * 0.25,
      north: bounds.getNorth() + height * 0.25,
    }
  }

  #draw(): void {
    const inputs = this.#inputs
    if (inputs === null || this.#overlay === null) return
    const { theme, density, scale } = inputs
    if (this.#marks?.theme !== theme) this.#marks = { theme, marks: incidentMarks(palettes[theme].halo) }
    const layers: Layer[] = placeholders()
    for (const picture of Object.values(this.#pictures))
      for (const layer of this.#layersOf(picture, theme))
        layers.push(layer.clone({ visible: density.mode === picture.mode }) as Layer)
    const look = {
      marks: this.#marks.marks,
      zoom: this.#map.getZoom(),
      scale,
      visible: this.#incidents.rows.length > 0,
    }
    layers.push(incidentLayer(this.#incidents, { ...look, beforeId: pointDataBefore }))
    this.#overlay.setProps({ layers })
  }

  /** Layers of a picture, made once: their data must keep its identity while the map is redrawn. */
  #layersOf(picture: DensityPicture, theme: MapInputs['theme']): Layer[] {
    const kept = this.#densityLayers.find((made) => made.of === picture && made.theme === theme)
    if (kept !== undefined) return kept.layers
    const layers = densityLayers(picture, theme, groundDataBefore) as Layer[]
    this.#densityLayers = [
      ...this.#densityLayers.filter((made) => made.of.mode !== picture.mode),
      { of: picture, theme, layers },
    ]
    return layers
  }
}

/**
 * The overlay takes its places among the map's layers only while the style is at rest, and gives a place up with the
 * last layer in it. These keep both places from the first moment on.
 */
function placeholders(): Layer[] {
  return [groundDataBefore, pointDataBefore].map((beforeId) => {
    const props: ScatterplotLayerProps & { beforeId: string } = {
      id: `before-${beforeId}`,
      data: [],
      visible: false,
      beforeId,
    }
    return new ScatterplotLayer(props)
  })
}
