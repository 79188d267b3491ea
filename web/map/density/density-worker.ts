import { noPosition } from '@minqing/data/domain/incident-columns'
import { patchesOf, type Patch } from '@minqing/data/geo/point-clusters'
import type { WorkerMessage } from './density-client.ts'
import { densityResult } from './density-result.ts'

let patches: Patch[] = []
let weights: Float32Array | null = null

addEventListener('message', ({ data: message }: MessageEvent<WorkerMessage>) => {
  switch (message.kind) {
    case 'points':
      patches = patchesOf(message.x, message.y, noPosition)
      weights = message.weights
      return
    case 'density': {
      const result = densityResult(patches, message, weights)
      const buffers =
        result.mode === 'heat'
          ? result.patches.map(({ grid }) => grid.values.buffer)
          : result.patches.flatMap(({ grid }) => [grid.centers.buffer, grid.counts.buffer])
      globalThis.postMessage(result, { transfer: buffers })
    }
  }
})
