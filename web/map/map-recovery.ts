import { isServed } from '../api/fetch.ts'
import type { Camera } from '../view/camera.ts'
import type { MapEvents, MapHandle, MapInputs } from './map-inputs.ts'
import type { MapFonts } from './fonts.ts'
import type { MapView } from './map-view.ts'

/** Milliseconds that a lost context may take to come back by itself before a new map is made. */
const restoreTimeout = 400
/** Milliseconds between attempts: a driver that is being reset needs its time. */
const pauses = [0, 1000, 2000, 5000, 15_000, 30_000]
/** Milliseconds between two looks for a server that was away while the map's scripts were requested. */
const loadPause = 5000
/** Milliseconds after which a page that reports no paint gets its map all the same. */
const firstPaintTimeout = 10_000

/**
 * Loads the map's scripts after the first paint, makes the map, and when its WebGL context is lost (a driver reset, a
 * sleeping GPU, too many contexts) makes a new one at the same camera. Restoring the old context would leave deck.gl's
 * resources dead.
 */
export class MapRecovery {
  readonly #container: HTMLElement
  #props: MapInputs & MapEvents
  #view: MapView | null = null
  #camera: Camera | null
  #attempt = 0
  #timer: ReturnType<typeof setTimeout> | undefined
  #waiting: ((view: MapView) => void)[] = []
  #destroyed = false
  #hadMap = false

  constructor(container: HTMLElement, props: MapInputs & MapEvents) {
    this.#container = container
    this.#props = props
    this.#camera = props.initialCamera
    void this.#make()
  }

  update(props: MapInputs & MapEvents): void {
    this.#props = props
    this.#view?.update(props, props)
  }

  /** Calls back now, or as soon as there is a map. */
  whenReady(callback: (view: MapHandle) => void): void {
    if (this.#view === null) this.#waiting.push(callback)
    else callback(this.#view)
  }

  view(): Promise<MapView> {
    return new Promise((resolve) => (this.#view === null ? this.#waiting.push(resolve) : resolve(this.#view)))
  }

  camera(): Camera | null {
    return this.#view?.camera() ?? this.#camera
  }

  destroy(): void {
    this.#destroyed = true
    clearTimeout(this.#timer)
    this.#drop()
  }

  async #make(): Promise<void> {
    await firstPaint()
    const loaded = await this.#load()
    if (this.#destroyed || loaded === undefined) return
    const { MapView, fonts } = loaded
    try {
      const element = document.createElement('div')
      element.style.cssText = 'position: absolute; inset: 0'
      element.dataset.state = 'loading'
      this.#container.replaceChildren(element)
      const view = new MapView(element, this.#props, this.#props, fonts, this.#camera)
      this.#view = view
      this.#hadMap = true
      this.#attempt = 0
      element.querySelector('canvas')?.addEventListener('webglcontextlost', () => this.#recover(view), { once: true })
      this.#props.onState?.('shown')
      for (const callback of this.#waiting.splice(0)) callback(view)
    } catch (error) {
      // A first map that cannot be made will not come by waiting; a lost one may.
      this.#props.onState?.(this.#hadMap ? 'context_lost' : 'unsupported')
      if (this.#hadMap) this.#retry()
      // The page says that a browser has no WebGL; anything else is a bug.
      else if (!(error instanceof Error && error.name === 'GPUInitializationError')) reportError(error)
    }
  }

  /** The map's scripts and fonts; undefined where the server is away: they are requested again when it is back. */
  async #load(): Promise<{ MapView: typeof MapView; fonts: MapFonts } | undefined> {
    const load = async () => {
      const [{ MapView }, { mapFonts }] = await Promise.all([import('./map-view.ts'), import('./fonts.ts')])
      return { MapView, fonts: await mapFonts() }
    }
    try {
      return await load()
    } catch {
      this.#props.onState?.('not_loaded')
    }
    while (!this.#destroyed) {
      await new Promise((resolve) => (this.#timer = setTimeout(resolve, loadPause)))
      if (this.#destroyed || !(await isServed())) continue
      try {
        return await load()
      } catch {
        // Browsers may keep a failed import for as long as the page is open (whatwg/html#6768), or there is a new release.
        location.reload()
      }
    }
    return undefined
  }

  #recover(lost: MapView): void {
    if (this.#destroyed || lost !== this.#view) return
    this.#camera = lost.camera()
    this.#props.onState?.('context_lost')
    let done = false
    const rebuild = () => {
      if (done) return
      done = true
      this.#drop()
      void this.#make()
    }
    const canvas = this.#container.querySelector('canvas')
    canvas?.addEventListener('webglcontextrestored', rebuild, { once: true })
    this.#timer = setTimeout(rebuild, restoreTimeout)
  }

  #retry(): void {
    this.#drop()
    this.#attempt = Math.min(this.#attempt + 1, pauses.length - 1)
    this.#timer = setTimeout(() => void this.#make(), pauses[this.#attempt])
  }

  #drop(): void {
    const view = this.#view
    this.#view = null
    try {
      view?.destroy()
    } catch (error) {
      // Destroying what uses a lost context may fail; the new map must be made all the same.
      reportError(error)
    }
    this.#container.replaceChildren()
  }
}

/** Settles when the page has painted something, at once where it already has: the map's scripts are requested after that. */
export function firstPaint(): Promise<void> {
  // A tab in the background paints nothing until it is looked at.
  if (document.hidden) return Promise.resolve()
  return new Promise((resolve) => {
    const observer = new PerformanceObserver((list) => {
      if (list.getEntriesByName('first-contentful-paint').length > 0) done()
    })
    const timer = setTimeout(done, firstPaintTimeout)
    function done() {
      observer.disconnect()
      clearTimeout(timer)
      resolve()
    }
    observer.observe({ type: 'paint', buffered: true })
  })
}
