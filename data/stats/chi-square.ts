import { upperTail } from './normal.ts'

/**
 * P(X ≥ x) of a χ² distribution, by its finite sums (Abramowitz & Stegun 26.4.4 and 26.4.5), in logarithms so that nothing
 * underflows.
 * @param freedom whole number of degrees of freedom, ≥ 1
 * @throws RangeError for other degrees of freedom
 *
 * O(freedom); relative error some 1e-16 × freedom.
 */
export function chiSquareUpperTail(x: number, freedom: number): number {
  if (!(Number.isInteger(freedom) && freedom >= 1)) throw new RangeError(`${freedom} degrees of freedom`)
  if (!(x > 0)) return 1
  const half = x / 2
  const isOdd = freedom % 2 === 1
  // Odd: 2 (1 − Φ(√x)) + Σ half^(j − 1/2) e^−half / Γ(j + 1/2). Even: Σ half^j e^−half / j!.
  let sum = isOdd ? 2 * upperTail(Math.sqrt(x)) : 0
  let logTerm = isOdd ? -half + 0.5 * Math.log(half) - Math.log(Math.sqrt(Math.PI) / 2) : -half
  const terms = isOdd ? (freedom - 1) / 2 : freedom / 2
  for (let j = 1; j <= terms; j++) {
    sum += Math.exp(logTerm)
    logTerm += Math.log(half / (isOdd ? j + 0.5 : j))
  }
  return Math.min(1, sum)
}
