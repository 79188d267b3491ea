import type { Pair } from './prove-crs.ts'

/** Different numbers below which nothing is concluded: of decimals, six in ten have such digits by chance, all of forty never. */
const fewest = 40

/**
 * Whether degrees look like `114.1830` for 114°18′30″, as survey instruments write them: the first two decimals and the
 * next two are below 60 in every one of many different numbers.
 */
export function lookPacked(points: readonly Pair[]): boolean {
  const numbers = [0, 1].flatMap((axis) => [...new Set(points.map((point) => decimals(point[axis] ?? 0)))])
  // Numbers of two decimals say nothing of seconds.
  const telling = numbers.filter((decimal) => decimal % 1e4 !== 0)
  return telling.length >= fewest && numbers.every((decimal) => decimal < 60e4 && decimal % 1e4 < 60e2)
}

/** The first six decimals as a whole number. */
function decimals(degrees: number): number {
  return Math.round(Math.abs(degrees) * 1e6) % 1e6
}
