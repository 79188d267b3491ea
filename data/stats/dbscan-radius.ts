import { KdTree } from './kd-tree.ts'

type Numbers = Float32Array | Float64Array

/** The farthest points would stretch the curve, so that every other point looks near. */
const considered = 0.98

/**
 * A radius for DBSCAN from the points themselves, with what a reader needs to judge it: the distances from each point to
 * its `minPoints`-th nearest one, itself included, sorted, rise slowly inside of clusters and steeply in the noise. The
 * radius is the distance at the bend (Ester et al. 1996, §4.2, who look for it by eye), which is where the curve, scaled to
 * a square, lies farthest below its chord (Satopää, Albrecht, Irwin & Raghavan 2011, Finding a “Kneedle” in a haystack).
 * The farthest 2 % of the points are left out. O(n log n).
 *
 * @param least metres: never less, because positions are not known better or many have one address
 * @throws RangeError when there are fewer than minPoints points, or `least` is no positive number
 */
export function dbscanRadius(
  x: Numbers,
  y: Numbers,
  minPoints: number,
  least: number,
): { radius: number; reason: { zh: string; en: string } } {
  if (!(least > 0)) throw new RangeError(`the least radius is a positive number of metres, not ${least}`)
  const distances = new KdTree(x, y).distances2ToNearest(minPoints).map(Math.sqrt).sort()
  const last = Math.max(0, Math.floor(considered * distances.length) - 1)
  const [low, high] = [distances[0]!, distances[last]!]
  let bend = last
  let farthest = -Infinity
  for (let rank = 0; rank <= last; rank++) {
    const below = rank / Math.max(1, last) - (high > low ? (distances[rank]! - low) / (high - low) : 0)
    if (below > farthest) {
      farthest = below
      bend = rank
    }
  }
  const radius = Math.max(least, distances[bend]!)
  const share = Math.round((distances.filter((distance) => distance <= radius).length / distances.length) * 100)
  const metres = Math.round(radius)
  return {
    radius,
    reason: {
      zh: `距离曲线在 ${metres} 米处转折：${share}% 的点在此半径内有 ${minPoints} 个点（含自身），其余的点距离明显更远`,
      en: `the curve of distances bends at ${metres} m: ${share} % of the points have ${minPoints} points within it, themselves included; for the others it is much farther`,
    },
  }
}
