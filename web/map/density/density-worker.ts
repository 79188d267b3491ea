import { noPosition } from '@minqing/data/domain/incident-columns'
import { patchesOf, type Patch } from '@minqing/data/geo/point-clusters'
import { densityPicture } from './density-picture.ts'
import type { DensityOrder } from './density-protocol.ts'

let patches: Patch[] = []
let weights: Float32Array | null = null

addEventListener('message', ({ data: order }: MessageEvent<DensityOrder>) => {
  switch (order.kind) {
    case 'points':
      patches = patchesOf(order.x, order.y, noPosition)
      weights = order.weights
      return
    case 'density': {
      const picture = densityPicture(patches, order, weights)
      const buffers =
        picture.mode === 'heat'
          ? picture.patches.map(({ grid }) => grid.values.buffer)
          : picture.patches.flatMap(({ grid }) => [grid.centers.buffer, grid.counts.buffer])
      globalThis.postMessage(picture, { transfer: buffers })
    }
  }
})
