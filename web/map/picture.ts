import type { BoundingBox } from '@minqing/data/domain/position'
import { CanvasWindow, type PixelWindow } from './canvas-window.ts'
import { DensityClient } from './density/density-client.ts'
import type { DensityResult } from './density/density-result.ts'
import type { MapFonts } from './fonts.ts'
import type { LayerInputs } from './layers/map-layer.ts'
import type { MapPicture, PictureChange, PictureOptions } from './map-inputs.ts'
import { MapScene } from './map-scene.ts'

/** Milliseconds after which a picture that is still not complete is given up. */
const timeout = 120_000

/** What is drawn while tiles and names still come, one frame for each of them: nobody looks at it. */
const smallPart: PixelWindow = { x: 0, y: 0, width: 16, height: 16 }

/** Pixels between the edge of the picture and an area that it is fitted to. */
const fitMargin = 24

/**
 * The ground in view as a picture of its own size: a second map, off the screen, with the same inputs, so that the one
 * that people look at neither flickers nor changes its size.
 * @throws DOMException when it is aborted, or not complete within two minutes
 */
export async function takePicture(shown: MapScene, fonts: MapFonts, options: PictureOptions): Promise<MapPicture> {
  const { width, height, pixelRatio, theme, signal } = options
  signal?.throwIfAborted()
  const container = document.createElement('div')
  container.style.cssText = `position: fixed; left: -${width + 100}px; top: 0; width: ${width}px; height: ${height}px; contain: strict`
  container.ariaHidden = 'true'
  container.inert = true
  document.body.append(container)
  const camera = cameraOf(shown, options)
  const inputs: LayerInputs = {
    ...shown.inputs,
    theme,
    hovered: null,
    interactive: false,
    padding: { top: 0, right: 0, bottom: 0, left: 0 },
    initialCamera: camera,
  }
  const scene = new MapScene(container, inputs, {
    camera,
    fonts,
    map: {
      // The canvas is made small; the page's size is set below, once it is drawn in parts.
      pixelRatio: 1,
      maxCanvasSize: [100_000, 100_000],
      fadeDuration: 0,
      trackResize: false,
      canvasContextAttributes: { preserveDrawingBuffer: true, antialias: true },
    },
  })
  const picture = new Picture(scene, container, camera)
  try {
    picture.setPixelRatio(pixelRatio)
    await within(
      scene.loaded.then(() => picture.settled()),
      signal,
    )
    return picture
  } catch (error) {
    picture.close()
    throw error
  }
}

/** The free part of the screen's map fits into the picture. */
function cameraOf({ map, inputs: { padding } }: MapScene, { width, height }: PictureOptions) {
  const screen = map.getContainer()
  const wide = screen.clientWidth - padding.left - padding.right
  const high = screen.clientHeight - padding.top - padding.bottom
  const zoom = map.getZoom() + Math.log2(Math.min(width / Math.max(wide, 1), height / Math.max(high, 1)))
  const { lng, lat } = map.getCenter()
  return { lon: lng, lat, zoom, bearing: map.getBearing(), pitch: map.getPitch() }
}

class Picture implements MapPicture {
  readonly #scene: MapScene
  readonly #container: HTMLElement
  readonly #window: CanvasWindow
  readonly bearing: number
  readonly pitch: number
  #client: DensityClient | null = null
  #density: ((result: DensityResult) => void) | null = null

  constructor(scene: MapScene, container: HTMLElement, { bearing, pitch }: { bearing: number; pitch: number }) {
    this.#scene = scene
    this.#container = container
    this.#window = new CanvasWindow(scene.map.getCanvas())
    this.bearing = bearing
    this.pitch = pitch
  }

  get pixels() {
    return this.#window.page
  }

  get legends() {
    return this.#scene.legends
  }

  get metresPerPixel(): number {
    const { map } = this.#scene
    const { clientWidth, clientHeight } = map.getContainer()
    const [x, y] = [clientWidth / 2, clientHeight / 2]
    return map.unproject([x - 50, y]).distanceTo(map.unproject([x + 50, y])) / 100
  }

  project(lon: number, lat: number): [number, number] {
    const { x, y } = this.#scene.map.project([lon, lat])
    return [x, y]
  }

  unproject(x: number, y: number): [number, number] {
    const { lng, lat } = this.#scene.map.unproject([x, y])
    return [lng, lat]
  }

  setPixelRatio(pixelRatio: number): void {
    this.#scene.map.setPixelRatio(pixelRatio)
    this.#window.select(smallPart)
  }

  /** Resolves when tiles, names and data are there. */
  async settled(): Promise<void> {
    const { map } = this.#scene
    this.#window.select(smallPart)
    map.triggerRepaint()
    await map.once('idle')
  }

  draw(part: PixelWindow): HTMLCanvasElement {
    this.#window.select(part)
    this.#scene.map.redraw()
    return this.#scene.map.getCanvas()
  }

  async show({ box, signal, ...inputs }: PictureChange): Promise<void> {
    if (box !== undefined) this.#fit(box)
    this.#scene.update(inputs)
    await within(this.settled(), signal)
  }

  /** One at a time: the next is asked for when the last has come. */
  async density(mask: Uint8Array, signal?: AbortSignal): Promise<DensityResult | null> {
    const { columns, density } = this.#scene.inputs
    const { mode, bandwidth } = density
    if (columns === undefined || mode === 'off') return null
    if (this.#client === null) {
      this.#client = new DensityClient((result) => this.#density?.(result))
      this.#client.setPoints(columns)
    }
    const client = this.#client
    return within(
      new Promise<DensityResult>((resolve) => {
        this.#density = resolve
        client.request({ mode, bandwidth, mask })
      }),
      signal,
    )
  }

  close(): void {
    this.#client?.destroy()
    this.#scene.destroy()
    this.#container.remove()
  }

  #fit([west, south, east, north]: BoundingBox): void {
    const { map } = this.#scene
    const camera = map.cameraForBounds([west, south, east, north], {
      padding: fitMargin,
      bearing: this.bearing,
      maxZoom: 18,
    })
    if (camera !== undefined) map.jumpTo({ ...camera, pitch: this.pitch })
  }
}

function within<T>(work: Promise<T>, signal: AbortSignal | undefined): Promise<T> {
  const limit = AbortSignal.timeout(timeout)
  const either = signal === undefined ? limit : AbortSignal.any([signal, limit])
  return Promise.race([
    work,
    new Promise<never>((_, reject) =>
      either.addEventListener('abort', () => reject(either.reason as Error), { once: true }),
    ),
  ])
}
