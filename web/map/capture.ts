import type { MapFonts } from './fonts.ts'
import type { LayerInputs } from './layers/map-layer.ts'
import type { MapHandle } from './map-inputs.ts'
import { MapScene } from './map-scene.ts'

type Options = Parameters<MapHandle['capture']>[0]

/** Milliseconds after which a picture that is still not complete is given up. */
const timeout = 60_000

/**
 * The ground in view as a picture of its own size: a second map, off the screen, with the same inputs, so that the one
 * that people look at neither flickers nor changes its size.
 */
export async function capture(shown: MapScene, fonts: MapFonts, options: Options): ReturnType<MapHandle['capture']> {
  const { width, height, pixelRatio, theme, signal } = options
  signal?.throwIfAborted()
  const container = document.createElement('div')
  container.style.cssText = `position: fixed; left: -${width + 100}px; top: 0; width: ${width}px; height: ${height}px; contain: strict`
  container.ariaHidden = 'true'
  container.inert = true
  document.body.append(container)
  const { map } = shown
  const screen = map.getContainer()
  const { padding } = shown.inputs
  const wide = screen.clientWidth - padding.left - padding.right
  const high = screen.clientHeight - padding.top - padding.bottom
  // The free part of the screen's map fits into the picture.
  const zoom = map.getZoom() + Math.log2(Math.min(width / Math.max(wide, 1), height / Math.max(high, 1)))
  const { lng, lat } = map.getCenter()
  const camera = { lon: lng, lat, zoom, bearing: map.getBearing(), pitch: map.getPitch() }
  const own: LayerInputs = {
    ...shown.inputs,
    theme,
    hovered: null,
    interactive: false,
    padding: { top: 0, right: 0, bottom: 0, left: 0 },
    initialCamera: camera,
  }
  const scene = new MapScene(container, own, {
    camera,
    fonts,
    map: {
      pixelRatio,
      fadeDuration: 0,
      trackResize: false,
      canvasContextAttributes: { preserveDrawingBuffer: true, antialias: true },
    },
  })
  try {
    await within(
      scene.loaded.then(() => scene.map.once('idle')),
      signal,
    )
    const image = await createImageBitmap(scene.map.getCanvas())
    return {
      image,
      metresPerPixel: metresPerPixel(scene, image.width),
      bearing: camera.bearing,
      legends: scene.legends,
    }
  } finally {
    scene.destroy()
    container.remove()
  }
}

/** Ground metres in one device pixel at the picture's centre, along its width. */
function metresPerPixel({ map }: MapScene, imageWidth: number): number {
  const { clientWidth, clientHeight } = map.getContainer()
  const [x, y] = [clientWidth / 2, clientHeight / 2]
  const metres = map.unproject([x - 50, y]).distanceTo(map.unproject([x + 50, y]))
  return metres / 100 / (imageWidth / clientWidth)
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
