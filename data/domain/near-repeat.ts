import { z } from 'zod'

/** Pairs of incidents by distance and by days between them; the first row of cells is that of the nearest. */
export const NearRepeat = z.object({
  /** Upper edges in metres and in days. */
  distance: z.array(z.number()),
  days: z.array(z.number()),
  /** By distance, then by days. */
  cells: z.array(
    z.object({
      observed: z.int(),
      /** If times had nothing to do with places. */
      expected: z.number(),
      ratio: z.number().nullable(),
      p: z.number(),
    }),
  ),
})
export type NearRepeat = z.output<typeof NearRepeat>

/** A cell counts as a repeat where there are at least a fifth more pairs than by chance, which chance does once in a hundred. */
const [leastRatio, level] = [1.2, 0.01]

export function isRepeat({ ratio, p }: NearRepeat['cells'][number]): boolean {
  return ratio !== null && ratio >= leastRatio && p <= level
}

/**
 * The nearest distances that have repeats in the first days, and for how long all of these have them; null where there
 * are none.
 *
 * @returns `from`: metres beyond which they are; 0 where no nearer incidents were compared and found without repeats
 */
export function reachOfRepeats({
  distance,
  days,
  cells,
}: NearRepeat): { from: number; metres: number; days: number } | null {
  const isAt = (row: number, column: number) => {
    const cell = cells[row * days.length + column]
    return cell !== undefined && isRepeat(cell)
  }
  const first = distance.findIndex((_, row) => isAt(row, 0))
  if (first === -1) return null
  let [row, column] = [first, 0]
  while (row + 1 < distance.length && isAt(row + 1, 0)) row += 1
  const areAll = (next: number) => distance.slice(first, row + 1).every((_, index) => isAt(first + index, next))
  while (column + 1 < days.length && areAll(column + 1)) column += 1
  // Where nothing is expected, as of one place where no two incidents are, nothing was compared.
  const isBeyond = distance.slice(0, first).some((_, index) => (cells[index * days.length]?.ratio ?? null) !== null)
  return { from: isBeyond ? distance[first - 1]! : 0, metres: distance[row]!, days: days[column]! }
}
