import type { Point } from '../plane.ts'

/** A footprint: its outline, its courts, and the convex pieces it consists of (for clearances). */
export type Shape = { outer: Point[]; courts: Point[][]; pieces: Point[][] }

/** Counter-clockwise rectangle. */
export function rectangle(u: number, v: number, width: number, depth: number): Point[] {
  return [
    [u, v],
    [u + width, v],
    [u + width, v + depth],
    [u, v + depth],
  ]
}

export function block(u: number, v: number, width: number, depth: number): Shape {
  const outer = rectangle(u, v, width, depth)
  return { outer, courts: [], pieces: [outer] }
}

export function polygon(outer: Point[]): Shape {
  return { outer, courts: [], pieces: [outer] }
}

/** A slab of stair units, each a little before or behind its neighbour, with the stair wells showing at the back. */
export function slab(u: number, v: number, width: number, depth: number, units: number, shift: number): Shape {
  const each = width / units
  const front: Point[] = []
  const back: Point[] = []
  const well = Math.min(3, each / 4)
  for (let i = 0; i < units; i++) {
    const from = u + each * i
    const low = v + (i % 2 === 0 ? 0 : shift)
    const high = low + depth - Math.abs(shift)
    front.push([from, low], [from + each, low])
    const middle = from + each / 2
    back.push([from, high], [middle - well / 2, high], [middle - well / 2, high - 1.3])
    back.push([middle + well / 2, high - 1.3], [middle + well / 2, high], [from + each, high])
  }
  return {
    outer: withoutRepeats([...front, ...back.toReversed()]),
    courts: [],
    pieces: [rectangle(u, v, width, depth)],
  }
}

/** A slab along the bottom with a wing up its right (or left) side. */
export function corner(
  u: number,
  v: number,
  width: number,
  depth: number,
  wing: number,
  across: number,
  left: boolean,
): Shape {
  const outer: Point[] = left
    ? [
        [u, v],
        [u + width, v],
        [u + width, v + depth],
        [u + across, v + depth],
        [u + across, v + wing],
        [u, v + wing],
      ]
    : [
        [u, v],
        [u + width, v],
        [u + width, v + wing],
        [u + width - across, v + wing],
        [u + width - across, v + depth],
        [u, v + depth],
      ]
  return {
    outer,
    courts: [],
    pieces: [rectangle(u, v, width, depth), rectangle(left ? u : u + width - across, v, across, wing)],
  }
}

/** Three sides around a court that opens upwards. */
export function horseshoe(u: number, v: number, width: number, depth: number, thick: number): Shape {
  return {
    outer: [
      [u, v],
      [u + width, v],
      [u + width, v + depth],
      [u + width - thick, v + depth],
      [u + width - thick, v + thick],
      [u + thick, v + thick],
      [u + thick, v + depth],
      [u, v + depth],
    ],
    courts: [],
    pieces: [
      rectangle(u, v, width, thick),
      rectangle(u, v, thick, depth),
      rectangle(u + width - thick, v, thick, depth),
    ],
  }
}

/** Four sides around a court. */
export function courtyard(u: number, v: number, width: number, depth: number, thick: number): Shape {
  return {
    outer: rectangle(u, v, width, depth),
    courts: [rectangle(u + thick, v + thick, width - 2 * thick, depth - 2 * thick).toReversed()],
    pieces: [rectangle(u, v, width, depth)],
  }
}

/** Two wings joined by a bar: hospitals, old offices. */
export function letterH(u: number, v: number, width: number, depth: number, thick: number): Shape {
  const low = v + (depth - thick) / 2
  const high = low + thick
  return {
    outer: [
      [u, v],
      [u + thick, v],
      [u + thick, low],
      [u + width - thick, low],
      [u + width - thick, v],
      [u + width, v],
      [u + width, v + depth],
      [u + width - thick, v + depth],
      [u + width - thick, high],
      [u + thick, high],
      [u + thick, v + depth],
      [u, v + depth],
    ],
    courts: [],
    pieces: [
      rectangle(u, v, thick, depth),
      rectangle(u + width - thick, v, thick, depth),
      rectangle(u, low, width, thick),
    ],
  }
}

/** A spine along the top with `teeth` wings down from it: a teaching building. */
export function comb(u: number, v: number, width: number, depth: number, thick: number, teeth: number): Shape {
  const gap = (width - teeth * thick) / (teeth - 1)
  const outer: Point[] = []
  const pieces = [rectangle(u, v + depth - thick, width, thick)]
  for (let i = 0; i < teeth; i++) {
    const from = u + i * (thick + gap)
    outer.push([from, v], [from + thick, v])
    if (i + 1 < teeth) outer.push([from + thick, v + depth - thick], [from + thick + gap, v + depth - thick])
    pieces.push(rectangle(from, v, thick, depth))
  }
  outer.push([u + width, v + depth], [u, v + depth])
  return { outer, courts: [], pieces }
}

/** The butterfly plan of a residential tower: a wide front, notched corners, a core behind. */
export function tower(u: number, v: number, width: number, depth: number): Shape {
  const side = width * 0.2
  const low = depth * 0.18
  const high = depth * 0.3
  const slot = width * 0.07
  const middle = u + width / 2
  const outer: Point[] = [
    [u, v + low],
    [u + side, v + low],
    [u + side, v],
    [middle - slot, v],
    [middle - slot, v + low * 1.3],
    [middle + slot, v + low * 1.3],
    [middle + slot, v],
    [u + width - side, v],
    [u + width - side, v + low],
    [u + width, v + low],
    [u + width, v + depth - high],
    [u + width - side, v + depth - high],
    [u + width - side, v + depth],
    [u + side, v + depth],
    [u + side, v + depth - high],
    [u, v + depth - high],
  ]
  return { outer, courts: [], pieces: [rectangle(u, v, width, depth)] }
}

/** Turns a shape from local axes into the plane. */
export function moved(shape: Shape, out: (point: Point) => Point): Shape {
  return {
    outer: shape.outer.map(out),
    courts: shape.courts.map((ring) => ring.map(out)),
    pieces: shape.pieces.map((ring) => ring.map(out)),
  }
}

function withoutRepeats(ring: Point[]): Point[] {
  return ring.filter((point, i) => {
    const [x, y] = ring[(i + ring.length - 1) % ring.length] as Point
    return Math.abs(point[0] - x) > 1e-9 || Math.abs(point[1] - y) > 1e-9
  })
}
