import type { RasterFrame } from './raster-frame.ts'

export const kernels = ['quartic', 'gaussian'] as const
/**
 * Radially symmetric densities in the plane, r = distance / bandwidth:
 * - quartic (biweight): 3/π · (1 − r²)² for r < 1, and 0 beyond (Silverman 1986, Density Estimation, eq. 4.5); the one of
 *   QGIS and ArcGIS. The bandwidth is the distance at which a case stops counting.
 * - gaussian: 1/(2π) · exp(−r²/2). The bandwidth is the standard deviation along each axis.
 */
export type Kernel = (typeof kernels)[number]

/**
 * Bandwidths beyond which a case is not counted. The Gaussian's tail beyond 8 holds exp(−32) ≈ 1.3e-14 of a case, less
 * than the rounding of the sums.
 */
export function supportOf(kernel: Kernel): number {
  switch (kernel) {
    case 'quartic':
      return 1
    case 'gaussian':
      return 8
  }
}

/** The kernel at a squared distance in squared bandwidths, with integral 1 over the plane in units of the bandwidth. */
export function kernelAt(kernel: Kernel, r2: number): number {
  switch (kernel) {
    case 'quartic':
      return r2 < 1 ? (3 / Math.PI) * (1 - r2) ** 2 : 0
    case 'gaussian':
      return r2 < 64 ? Math.exp(-r2 / 2) / (2 * Math.PI) : 0
  }
}

/**
 * A kernel at the nodes of a raster: (2 · support + 1)² weights that add up to 1, and what they added up to before, as the
 * integral of the kernel that the nodes make of it.
 */
export type KernelStamp = { weights: Float64Array; support: number; sum: number }

/**
 * @param radius the bandwidth, in cells
 * @param support nodes on each side of the middle
 */
export function kernelStamp(kernel: Kernel, radius: number, support: number): KernelStamp {
  const size = 2 * support + 1
  const weights = new Float64Array(size * size)
  let sum = 0
  for (let dy = -support; dy <= support; dy++) {
    for (let dx = -support; dx <= support; dx++) {
      const weight = kernelAt(kernel, (dx * dx + dy * dy) / (radius * radius))
      weights[(dy + support) * size + dx + support] = weight
      sum += weight
    }
  }
  for (let i = 0; i < weights.length; i++) weights[i]! /= sum
  return { weights, support, sum: sum / (radius * radius) }
}

/**
 * Convolution by stamping, for rasters of which most nodes are empty: it costs occupied nodes × stamp. All occupied nodes
 * stand at least the stamp's support inside the raster.
 *
 * @param scale what one case is in the result's unit
 */
export function stamped(
  nodes: Float32Array,
  { columns, rows }: Pick<RasterFrame, 'columns' | 'rows'>,
  { weights, support }: KernelStamp,
  scale: number,
): Float32Array<ArrayBuffer> {
  const size = 2 * support + 1
  const values = new Float32Array(columns * rows)
  for (let row = support; row < rows - support; row++) {
    for (let column = support; column < columns - support; column++) {
      const weight = nodes[row * columns + column]! * scale
      if (weight === 0) continue
      for (let dy = 0; dy < size; dy++) {
        const to = (row + dy - support) * columns + column - support
        const from = dy * size
        for (let dx = 0; dx < size; dx++) values[to + dx]! += weight * weights[from + dx]!
      }
    }
  }
  return values
}

/**
 * What a bandwidth of the Gaussian kernel is multiplied by to smooth as much with this one: the ratio of the canonical
 * bandwidths (R(k)/μ₂(k)²)^(1/6) in two dimensions (Marron & Nolan 1988, Canonical kernels for density estimation, Stat.
 * Probab. Lett. 7), with R = ∫k² and the variance μ₂ along an axis: 1/(4π) and 1, 9/(5π) and 1/8.
 */
export function canonicalFactor(kernel: Kernel): number {
  switch (kernel) {
    case 'quartic':
      return ((9 / 5) * 8 ** 2 * 4) ** (1 / 6)
    case 'gaussian':
      return 1
  }
}

/** Square metres that a kernel averages over, 1/∫k²: an even density counts in it as in a disc of that size. */
export function effectiveArea(kernel: Kernel, bandwidth: number): number {
  switch (kernel) {
    case 'quartic':
      return (5 / 9) * Math.PI * bandwidth ** 2
    case 'gaussian':
      return 4 * Math.PI * bandwidth ** 2
  }
}
