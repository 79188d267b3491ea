/** Steps that people count in; neighbours differ by half at most, so that no classes are wasted. */
const niceSteps = [1, 1.5, 2, 2.5, 3, 4, 5, 6, 8, 10]

/**
 * Lower limits of equal classes at round numbers, the last one holding the peak.
 * They depend on the data alone, never on what the screen shows, so that a colour keeps its meaning while zooming.
 * @param most largest number of classes
 * @returns ascending limits, from two thirds of `most` up to `most`; none when the peak is not positive
 */
export function classBreaks(peak: number, most: number): number[] {
  if (!(peak > 0) || !Number.isFinite(peak)) return []
  const least = peak / (most + 1)
  const power = 10 ** Math.floor(Math.log10(least))
  const step = power * niceSteps.find((nice) => nice * power > least)!
  // Through decimal text: 3 × 0.1 is to be 0.3 in the legend.
  return Array.from({ length: Math.floor(peak / step) }, (_, index) => Number((step * (index + 1)).toPrecision(6)))
}
