import { noPosition } from '@minqing/data/domain/incident-columns'
import { patchesOf, type Patch } from '@minqing/data/geo/patch'
import { densityPicture } from './density-picture.ts'
import type { DensityOrder } from './density-protocol.ts'

let patches: Patch[] = []

addEventListener('message', ({ data: order }: MessageEvent<DensityOrder>) => {
  switch (order.kind) {
    case 'points':
      patches = patchesOf(order.x, order.y, noPosition)
      return
    case 'density': {
      const picture = densityPicture(patches, order)
      const buffers =
        picture.mode === 'heat'
          ? picture.patches.map(({ grid }) => grid.values.buffer)
          : picture.patches.flatMap(({ grid }) => [grid.centers.buffer, grid.counts.buffer])
      globalThis.postMessage(picture, { transfer: buffers })
    }
  }
})
