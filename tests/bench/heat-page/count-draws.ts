/// <reference lib="dom" />

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
export function countDraws(): { reset: () => void; read: () => Draws } {
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
