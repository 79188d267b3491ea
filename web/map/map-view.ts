import type { BoundingBox } from '@minqing/data/domain/position'
import { Point } from 'maplibre-gl'
import { boundsOf, type Camera } from '../view/camera.ts'
import { DensityClient } from './density/density-client.ts'
import type { MapFonts } from './fonts.ts'
import type { MapEvents, MapHandle, MapHit, MapInputs, MapLegend, MapPicture, PictureOptions } from './map-inputs.ts'
import { MapScene } from './map-scene.ts'

export { mapLayers } from './layers/registry.ts'

/** Milliseconds between two reports of the camera while it moves. */
const cameraInterval = 100
const fitMargin = 28
/** Pixels: a sheet that opens, not a row that a filter adds. */
const largeChange = 64

/** The map of a page: a scene, the worker that counts its density, its pointer and its camera. */
export class MapView implements MapHandle {
  readonly #container: HTMLElement
  readonly #scene: MapScene
  readonly #client: DensityClient
  readonly #fonts: MapFonts
  #events: MapEvents
  #inputs: MapInputs
  #hovered: string | null = null
  #pointer: Point | null = null
  #cameraReportedAt = 0
  #alive = true
  /** As JSON. */
  #emittedLegends = '[]'
  /** Whether the camera has been somewhere in particular. */
  #placed = false
  /** What the camera was last made to show, until somebody moves it. */
  #fitted: { box: BoundingBox; options: NonNullable<Parameters<MapHandle['fit']>[1]> } | null = null

  constructor(container: HTMLElement, inputs: MapInputs, events: MapEvents, fonts: MapFonts, camera: Camera | null) {
    this.#container = container
    this.#inputs = inputs
    this.#events = events
    this.#fonts = fonts
    this.#client = new DensityClient((result) => {
      this.#scene.update({ densities: { ...this.#scene.inputs.densities, [result.mode]: result } })
      this.#emitLegends()
    })
    this.#scene = new MapScene(container, { ...inputs, densities: {}, resting: null, hovered: null }, { camera, fonts })
    this.#placed = camera !== null
    this.#placeFirst()
    this.#listen()
    this.#requestDensity(null)
    void this.#begin()
  }

  async #begin(): Promise<void> {
    await this.#scene.loaded
    const { map } = this.#scene
    // After the scene, which notes where the camera rests.
    map.on('moveend', () => this.#emitLegends())
    this.#emitLegends()
    map.once('idle', () => {
      if (this.#alive) this.#events.onReady?.()
    })
  }

  update(inputs: MapInputs, events: MapEvents): void {
    const before = this.#inputs
    this.#inputs = inputs
    this.#events = events
    this.#scene.update(inputs)
    this.#placeFirst()
    this.#requestDensity(before)
    this.#emitLegends()
    const sides = ['top', 'right', 'bottom', 'left'] as const
    const moved = Math.max(...sides.map((side) => Math.abs(inputs.padding[side] - before.padding[side])))
    if (moved > 0) this.#applyPadding(moved)
  }

  destroy(): void {
    this.#alive = false
    this.#client.destroy()
    this.#scene.destroy()
  }

  camera(): Camera {
    const { map } = this.#scene
    const { lng, lat } = map.getCenter()
    return { lon: lng, lat, zoom: map.getZoom(), bearing: map.getBearing(), pitch: map.getPitch() }
  }

  fit(box: BoundingBox, options: Parameters<MapHandle['fit']>[1] = {}): void {
    this.#fitted = { box, options }
    this.#show(box, options, options.animate === false ? 0 : 700)
  }

  zoomBy(steps: number): void {
    this.#fitted = null
    const { map } = this.#scene
    map.easeTo({ zoom: map.getZoom() + steps, duration: 200 })
  }

  resetNorth(): void {
    this.#fitted = null
    this.#scene.map.easeTo({ bearing: 0, pitch: 0, duration: 300 })
  }

  legends(): Promise<MapLegend[]> {
    return Promise.resolve(this.#scene.legends)
  }

  /** What makes pictures is loaded when somebody prints. */
  async picture(options: PictureOptions): Promise<MapPicture> {
    const { takePicture } = await import('./picture.ts')
    return takePicture(this.#scene, this.#fonts, options)
  }

  /** Without a camera to begin with, the first street that is known is shown, without a flight from far away. */
  #placeFirst(): void {
    const streets = this.#inputs.areas?.streets.features ?? []
    const box = boundsOf({ type: 'GeometryCollection', geometries: streets.map(({ geometry }) => geometry) })
    if (this.#placed || box === null) return
    this.#placed = true
    this.fit(box, { animate: false })
  }

  /** Moves so that a box fills what the panels leave free, which may just be changing. */
  #show([west, south, east, north]: BoundingBox, options: Parameters<MapHandle['fit']>[1], duration: number): void {
    const { map } = this.#scene
    const { padding, scale } = this.#inputs
    const margin = fitMargin * scale
    const { maxZoom = 18, pitch, bearing = map.getBearing() } = options ?? {}
    const camera = map.cameraForBounds([west, south, east, north], {
      absolutePadding: true,
      padding: {
        top: padding.top + margin,
        right: padding.right + margin,
        bottom: padding.bottom + margin,
        left: padding.left + margin,
      },
      maxZoom,
      bearing,
    })
    if (camera === undefined) return
    map.easeTo({ ...camera, padding, duration, ...(pitch === undefined ? {} : { pitch }) })
  }

  /** Panels have grown or shrunk by so many pixels: what was fitted into the free part is fitted again. */
  #applyPadding(pixels: number): void {
    const { map } = this.#scene
    const isMoving = map.isMoving()
    const duration = isMoving ? 700 : 200
    // A line more in a panel is no reason to change the scale under somebody's eyes.
    if (this.#fitted !== null && (isMoving || pixels >= largeChange))
      this.#show(this.#fitted.box, this.#fitted.options, duration)
    else map.easeTo({ padding: this.#inputs.padding, duration })
  }

  #listen(): void {
    const { map } = this.#scene
    map.on('movestart', ({ originalEvent }: { originalEvent?: unknown }) => {
      // Moved by a person: what was fitted before is not fitted again.
      if (originalEvent !== undefined) this.#fitted = null
    })
    map.on('move', () => {
      if (performance.now() - this.#cameraReportedAt > cameraInterval) this.#emitCamera()
    })
    map.on('moveend', () => this.#emitCamera())
    map.on('mousemove', ({ point }) => this.#hover(point))
    map.on('mouseout', () => this.#hover(null))
    // A card would flicker while the map moves under the pointer.
    map.on('movestart', () => this.#hover(null))
    map.on('click', ({ point }) => this.#events.onSelect?.(this.#scene.hitAt(point)))
    map.getCanvas().addEventListener('keydown', ({ key }) => {
      // Enter selects what is in the middle of the part that no panel covers.
      if (key === 'Enter') this.#events.onSelect?.(this.#scene.hitAt(map.project(map.getCenter())))
    })
    map.on('movestart', () => (this.#container.dataset.state = 'moving'))
    map.on('idle', () => (this.#container.dataset.state = 'idle'))
  }

  #hover(point: Point | null): void {
    const waiting = this.#pointer !== null
    this.#pointer = point
    if (point === null) this.#emitHover(null)
    // Once a frame at most, for the latest position.
    else if (!waiting) requestAnimationFrame(() => this.#hitUnderPointer())
  }

  #hitUnderPointer(): void {
    const point = this.#pointer
    this.#pointer = null
    if (point === null || !this.#alive || this.#scene.map.isMoving()) return
    this.#emitHover(this.#scene.hitAt(point))
  }

  #emitHover(hit: MapHit | null): void {
    if (hit === null && this.#hovered === null) return
    const key = hit === null ? null : `${hit.kind}:${hit.id}`
    if (key !== this.#hovered) {
      this.#hovered = key
      this.#scene.update({ hovered: hit?.kind === 'area' ? hit.id : null })
      this.#scene.map.getCanvas().style.cursor = hit === null ? '' : 'pointer'
    }
    this.#events.onHover?.(hit)
  }

  #emitCamera(): void {
    this.#cameraReportedAt = performance.now()
    this.#events.onCamera?.(this.camera())
  }

  #requestDensity(before: MapInputs | null): void {
    const { columns, cells, mask, density } = this.#inputs
    const points = cells ?? columns
    if (points === undefined) return
    const isNew = points !== (before?.cells ?? before?.columns)
    if (isNew) this.#client.setPoints(points)
    const { mode, bandwidth } = density
    if (mode === 'off') {
      this.#client.cancel()
      return
    }
    const isChanged = mask !== before?.mask || mode !== before?.density.mode || bandwidth !== before.density.bandwidth
    if (isNew || isChanged) this.#client.request({ mode, bandwidth, mask: cells === undefined ? (mask ?? null) : null })
  }

  /** Where they are others than before: nearly every change leaves them as they are. */
  #emitLegends(): void {
    const { legends } = this.#scene
    const text = JSON.stringify(legends)
    if (text === this.#emittedLegends) return
    this.#emittedLegends = text
    this.#events.onLegends?.(legends)
  }
}
