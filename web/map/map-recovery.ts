import { firstPaint } from './first-paint.ts'
import type { Camera, MapEvents, MapHandle, MapInputs } from './map-inputs.ts'
import type { MapView } from './map-view.ts'

/** Milliseconds that a lost context may take to come back by itself before a new map is made. */
const grace = 400
/** Milliseconds between attempts: a driver that is being reset needs its time. */
const pauses = [0, 1000, 2000, 5000, 15_000, 30_000]

/**
 * Keeps a map alive: loads what draws it, and when its WebGL context is lost (a driver reset, a sleeping GPU, too many
 * contexts) makes a whole new map at the same camera. Restoring the old context would leave deck.gl's resources dead.
 */
export class MapRecovery {
  readonly #container: HTMLElement
  #props: MapInputs & MapEvents
  #room: MapView | null = null
  #camera: Camera | null
  #attempt = 0
  #timer: ReturnType<typeof setTimeout> | undefined
  #waiting: ((room: MapView) => void)[] = []
  #destroyed = false
  #madeOnce = false

  constructor(container: HTMLElement, props: MapInputs & MapEvents) {
    this.#container = container
    this.#props = props
    this.#camera = props.initialCamera
    void this.#make()
  }

  update(props: MapInputs & MapEvents): void {
    this.#props = props
    this.#room?.update(props, props)
  }

  /** Now, or as soon as there is a map. */
  ask(what: (room: MapHandle) => void): void {
    if (this.#room === null) this.#waiting.push(what)
    else what(this.#room)
  }

  room(): Promise<MapView> {
    return new Promise((resolve) => (this.#room === null ? this.#waiting.push(resolve) : resolve(this.#room)))
  }

  camera(): Camera | null {
    return this.#room?.camera() ?? this.#camera
  }

  destroy(): void {
    this.#destroyed = true
    clearTimeout(this.#timer)
    this.#drop()
  }

  async #make(): Promise<void> {
    try {
      await firstPaint()
      const [{ MapView }, { mapFonts }] = await Promise.all([import('./map-view.ts'), import('./fonts.ts')])
      const fonts = await mapFonts()
      if (this.#destroyed) return
      const element = document.createElement('div')
      element.style.cssText = 'position: absolute; inset: 0'
      element.dataset.state = 'loading'
      this.#container.replaceChildren(element)
      const room = new MapView(element, this.#props, this.#props, fonts, this.#camera)
      this.#room = room
      this.#madeOnce = true
      this.#attempt = 0
      element.querySelector('canvas')?.addEventListener('webglcontextlost', () => this.#lost(room), { once: true })
      this.#props.onTrouble?.('none')
      for (const what of this.#waiting.splice(0)) what(room)
    } catch (error) {
      // A first map that cannot be made will not come by waiting; a lost one may.
      this.#props.onTrouble?.(this.#madeOnce ? 'context_lost' : 'unsupported')
      if (this.#madeOnce) this.#again()
      // That a browser has no WebGL is said on the page; anything else is a fault of ours.
      else if (!(error instanceof Error && error.name === 'GPUInitializationError')) reportError(error)
    }
  }

  #lost(room: MapView): void {
    if (this.#destroyed || room !== this.#room) return
    this.#camera = room.camera()
    this.#props.onTrouble?.('context_lost')
    let done = false
    const rebuild = () => {
      if (done) return
      done = true
      this.#drop()
      void this.#make()
    }
    const canvas = this.#container.querySelector('canvas')
    canvas?.addEventListener('webglcontextrestored', rebuild, { once: true })
    this.#timer = setTimeout(rebuild, grace)
  }

  #again(): void {
    this.#drop()
    this.#attempt = Math.min(this.#attempt + 1, pauses.length - 1)
    this.#timer = setTimeout(() => void this.#make(), pauses[this.#attempt])
  }

  #drop(): void {
    const room = this.#room
    this.#room = null
    try {
      room?.destroy()
    } catch (error) {
      // Tearing down what hangs on a dead context may fail; the new map must be made all the same.
      reportError(error)
    }
    this.#container.replaceChildren()
  }
}
