/// <reference lib="dom" />
import { Deck, MapView, type Layer, type Viewport } from '@deck.gl/core'

/** WebGL draw calls, and the vertices that they name times their instances. */
export type Draws = { calls: number; vertices: number }

/** What each call draws, from its arguments. */
const verticesOf: Record<string, (...numbers: number[]) => number> = {
  drawArrays: (_mode, _first, count = 0) => count,
  drawElements: (_mode, count = 0) => count,
  drawRangeElements: (_mode, _start, _end, count = 0) => count,
  drawArraysInstanced: (_mode, _first, count = 0, instances = 0) => count * instances,
  drawElementsInstanced: (_mode, count = 0, _type, _offset, instances = 0) => count * instances,
}

/** Counts what every context of this page draws from now on. */
function countDraws(): { reset: () => void; read: () => Draws } {
  let drawn: Draws = { calls: 0, vertices: 0 }
  for (const [name, vertices] of Object.entries(verticesOf)) {
    const draw = Reflect.get(WebGL2RenderingContext.prototype, name) as (...numbers: number[]) => void
    Reflect.set(
      WebGL2RenderingContext.prototype,
      name,
      function (this: WebGL2RenderingContext, ...numbers: number[]): void {
        drawn.calls++
        drawn.vertices += vertices(...numbers)
        draw.apply(this, numbers)
      },
    )
  }
  return { reset: () => (drawn = { calls: 0, vertices: 0 }), read: () => drawn }
}

const draws = countDraws()

/** The sub-district of the incidents as the map page first shows it on a screen of 1280 × 720. */
const camera = { longitude: 114.213, latitude: 30.51125, zoom: 14, pitch: 0, bearing: 0 }

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
