/**
 * Significance by q, the p-value under control of false discovery: 3, 2, 1 where it is at most 0.01, 0.05, 0.10, with the
 * sign of z; 0 where it is larger or nothing can be said.
 */
export const significanceLevels = [
  { class: 3, q: 0.01 },
  { class: 2, q: 0.05 },
  { class: 1, q: 0.1 },
] as const

/** Classes of early warnings by the share of units that would be warned about in a week in which nothing happens. */
export const warningLevels = [
  { class: 3, rate: 0.001 },
  { class: 2, rate: 0.005 },
  { class: 1, rate: 0.01 },
] as const

export function significanceClass(z: number, q: number): number {
  const reached = significanceLevels.find((level) => q <= level.q)
  return reached === undefined ? 0 : Math.sign(z) * reached.class
}
