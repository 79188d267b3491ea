/** Millimetres from the upper left corner of a page. */
export type Point = readonly [x: number, y: number]
export type Rectangle = { x: number; y: number; width: number; height: number }

/** CSS colour `#rrggbb` or `rgb(r g b)`, and a width in millimetres. */
export type Stroke = { colour: string; width: number; opacity?: number }

export type FontWeight = 'plain' | 'strong'

/** A line of text at its baseline; `size` is the font's size in millimetres. */
export type TextShape = {
  kind: 'text'
  text: string
  x: number
  y: number
  size: number
  weight: FontWeight
  colour: string
  anchor: 'start' | 'middle' | 'end'
  /** Degrees counter-clockwise around (x, y). */
  angle?: number
}

export type Shape =
  | TextShape
  | { kind: 'path'; points: readonly Point[]; closed: boolean; fill?: string; stroke?: Stroke }
  /** The map. */
  | ({ kind: 'picture' } & Rectangle)

/** A page as a list of shapes, the first drawn first. Preview, PNG and PDF are all drawn from it. */
export type Drawing = { width: number; height: number; ground: string; shapes: Shape[] }

/** Width in millimetres of a line of text. */
export type MeasureText = (text: string, size: number, weight: FontWeight) => number

export function rectangle(
  { x, y, width, height }: Rectangle,
  paint: { fill?: string; stroke?: Stroke },
): Extract<Shape, { kind: 'path' }> {
  const points: Point[] = [
    [x, y],
    [x + width, y],
    [x + width, y + height],
    [x, y + height],
  ]
  return { kind: 'path', points, closed: true, ...paint }
}

export function line(from: Point, to: Point, stroke: Stroke): Extract<Shape, { kind: 'path' }> {
  return { kind: 'path', points: [from, to], closed: false, stroke }
}

/** CSS pixels (96 to the inch) of so many millimetres. */
export function cssPixels(millimetres: number): number {
  return (millimetres / 25.4) * 96
}

export function millimetres(pixels: number): number {
  return (pixels / 96) * 25.4
}
