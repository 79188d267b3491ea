/// <reference lib="dom" />
import { Deck, MapView, type Layer, type Viewport } from '@deck.gl/core'
import { countDraws, type Draws } from './count-draws.ts'

/** The street of the cases as the map page shows it at first: fitted into a desk's screen. */
const camera = { longitude: 114.213, latitude: 30.51125, zoom: 14, pitch: 0, bearing: 0 }

const draws = countDraws()

/** One deck.gl canvas of 1280 × 720 in plain pixels: the same for every layer that is compared. */
export class Stage {
  readonly #deck: Deck<MapView>
  readonly #place = document.createElement('div')
  #rendered: () => void = () => {}

  constructor() {
    document.body.append(this.#place)
    this.#deck = new Deck({
      parent: this.#place,
      views: new MapView({ repeat: false }),
      initialViewState: camera,
      controller: false,
      useDevicePixels: false,
      onAfterRender: () => this.#rendered(),
    })
  }

  /** Draws until nothing is left to be drawn, and waits until the renderer has done it. */
  async show(layers: Layer[]): Promise<void> {
    this.#deck.setProps({ layers })
    do {
      // Frame after frame.
      await new Promise<void>((resolve) => (this.#rendered = resolve))
    } while (this.#deck.needsRedraw({ clearRedrawFlags: false }) !== false)
    // Frames are only ordered until somebody wants to know a pixel.
    this.#read(0, 0, 1, 1)
  }

  /** What one more frame of the same picture draws. */
  frame(): Draws {
    draws.reset()
    this.#deck.redraw('counted')
    return draws.read()
  }

  /** Draws the same picture once more and reads it in the same task: row by row from the south-west, RGBA. */
  picture(): Uint8Array {
    this.#deck.redraw('read')
    const { width, height } = this.viewport
    return this.#read(0, 0, width, height)
  }

  get viewport(): Viewport {
    return this.#deck.getViewports()[0]!
  }

  /** Only one of several stages is composed into the page. */
  set visible(visible: boolean) {
    this.#place.style.visibility = visible ? 'visible' : 'hidden'
  }

  destroy(): void {
    this.#deck.finalize()
    this.#place.remove()
  }

  #read(x: number, y: number, width: number, height: number): Uint8Array {
    const gl = this.#deck.getCanvas()!.getContext('webgl2')!
    const pixels = new Uint8Array(width * height * 4)
    gl.readPixels(x, y, width, height, gl.RGBA, gl.UNSIGNED_BYTE, pixels)
    return pixels
  }
}
