import type { BoundingBox } from '@minqing/data/domain/position'
import { Point } from 'maplibre-gl'
import { densityLegend } from './layers/density-layers.ts'
import type { DensityPicture } from './density/density-protocol.ts'
import { capture } from './capture.ts'
import { boundsOf } from '../view/bounds.ts'
import { DensityClient } from './density/density-client.ts'
import type { MapFonts } from './fonts.ts'
import { hitAt } from './hit.ts'
import type { Camera, MapEvents, MapHandle, MapHit, MapInputs } from './map-inputs.ts'
import { Scene } from './map-scene.ts'

/** Milliseconds: the camera is told while it moves, but not every frame. */
const cameraPace = 100
const fitMargin = 28
/** Pixels: a sheet that opens, not a row that a filter adds. */
const largeChange = 64

/** The imperative room: one scene, its density worker, its pointer. Told by `update`, tells by `events`. */
export class MapView implements MapHandle {
  readonly #container: HTMLElement
  readonly #scene: Scene
  readonly #client: DensityClient
  readonly #fonts: MapFonts
  #events: MapEvents
  #inputs: MapInputs
  #hovered: string | null = null
  #pointer: Point | null = null
  #toldCamera = 0
  #alive = true
  /** Whether the camera has been somewhere in particular. */
  #placed = false
  /** What the camera was last made to show, until somebody moves it. */
  #fitted: { box: BoundingBox; options: NonNullable<Parameters<MapHandle['fit']>[1]> } | null = null

  constructor(container: HTMLElement, inputs: MapInputs, events: MapEvents, fonts: MapFonts, camera: Camera | null) {
    this.#container = container
    this.#inputs = inputs
    this.#events = events
    this.#fonts = fonts
    this.#client = new DensityClient((picture) => this.#receive(picture))
    this.#scene = new Scene(container, inputs, { camera, fonts })
    this.#placed = camera !== null
    this.#place()
    this.#listen()
    this.#askDensity(null)
    void this.#scene.loaded.then(() => this.#scene.map.once('idle', () => this.#ready()))
  }

  update(inputs: MapInputs, events: MapEvents): void {
    const before = this.#inputs
    this.#inputs = inputs
    this.#events = events
    this.#scene.update(inputs)
    this.#place()
    this.#askDensity(before)
    if (inputs.theme !== before.theme || inputs.density.mode !== before.density.mode) this.#tellLegend()
    const sides = ['top', 'right', 'bottom', 'left'] as const
    const moved = Math.max(...sides.map((side) => Math.abs(inputs.padding[side] - before.padding[side])))
    if (moved > 0) this.#makeRoom(moved)
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

  capture(options: Parameters<MapHandle['capture']>[0]): ReturnType<MapHandle['capture']> {
    return capture(this.#scene, this.#inputs, this.#fonts, options)
  }

  /** Without a camera to begin with, the first street that is known is shown: never the whole world on the way there. */
  #place(): void {
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

  /** Panels have grown or shrunk by so many pixels: what was to be seen is still to be seen whole. */
  #makeRoom(pixels: number): void {
    const { map } = this.#scene
    const onTheWay = map.isMoving()
    const duration = onTheWay ? 700 : 200
    // A line more in a panel is no reason to change the scale under somebody's eyes.
    if (this.#fitted !== null && (onTheWay || pixels >= largeChange))
      this.#show(this.#fitted.box, this.#fitted.options, duration)
    else map.easeTo({ padding: this.#inputs.padding, duration })
  }

  #listen(): void {
    const { map } = this.#scene
    map.on('movestart', ({ originalEvent }: { originalEvent?: unknown }) => {
      // Somebody's own hand: from here on the camera is theirs.
      if (originalEvent !== undefined) this.#fitted = null
    })
    map.on('move', () => {
      if (performance.now() - this.#toldCamera > cameraPace) this.#tellCamera()
    })
    map.on('moveend', () => this.#tellCamera())
    map.on('mousemove', ({ point }) => this.#hover(point))
    map.on('mouseout', () => this.#hover(null))
    // Answers to a drag would flicker: the card is gone while the map moves under the pointer.
    map.on('movestart', () => this.#hover(null))
    map.on('click', ({ point }) => this.#events.onSelect?.(hitAt(this.#scene, this.#inputs, point)))
    map.getCanvas().addEventListener('keydown', ({ key }) => {
      if (key === 'Enter') this.#events.onSelect?.(hitAt(this.#scene, this.#inputs, this.#middle()))
    })
    map.on('movestart', () => (this.#container.dataset.state = 'moving'))
    map.on('idle', () => (this.#container.dataset.state = 'idle'))
  }

  /** The middle of the part that no panel covers: what Enter selects. */
  #middle(): Point {
    return this.#scene.map.project(this.#scene.map.getCenter())
  }

  #hover(point: Point | null): void {
    const waiting = this.#pointer !== null
    this.#pointer = point
    if (point === null) this.#tellHover(null)
    // Once a frame at most, for the latest place.
    else if (!waiting) requestAnimationFrame(() => this.#lookUnderPointer())
  }

  #lookUnderPointer(): void {
    const point = this.#pointer
    this.#pointer = null
    if (point === null || !this.#alive || this.#scene.map.isMoving()) return
    this.#tellHover(hitAt(this.#scene, this.#inputs, point))
  }

  #tellHover(hit: MapHit | null): void {
    if (hit === null && this.#hovered === null) return
    const key = hit === null ? null : `${hit.kind}:${hit.id}`
    if (key !== this.#hovered) {
      this.#hovered = key
      this.#scene.outline('hovered', hit?.kind === 'area' ? hit.id : null)
      this.#scene.map.getCanvas().style.cursor = hit === null ? '' : 'pointer'
    }
    this.#events.onHover?.(hit)
  }

  #tellCamera(): void {
    this.#toldCamera = performance.now()
    this.#events.onCamera?.(this.camera())
  }

  #askDensity(before: MapInputs | null): void {
    const { columns, cells, mask, density } = this.#inputs
    const points = cells ?? columns
    if (points === undefined) return
    const fresh = points !== (before?.cells ?? before?.columns)
    if (fresh) this.#client.setPoints(points)
    if (density.mode === 'off') {
      this.#client.cancel()
      return
    }
    const { mode, radius } = density
    if (fresh || mask !== before?.mask || mode !== before?.density.mode || radius !== before.density.radius)
      this.#client.ask({ mode, radius, mask: cells === undefined ? (mask ?? null) : null })
  }

  #receive(picture: DensityPicture): void {
    this.#scene.data.show(picture)
    this.#tellLegend()
  }

  #tellLegend(): void {
    const { picture } = this.#scene.data
    this.#events.onLegend?.(picture === null ? null : densityLegend(picture, this.#inputs.theme))
  }

  #ready(): void {
    if (this.#alive) this.#events.onReady?.()
  }
}
