import { noPosition } from '@minqing/data/domain/incident-columns'
import { clusterPoints, type PointCluster } from '@minqing/data/geo/point-clusters'
import type { WorkerMessage } from './density-client.ts'
import { densityResult } from './density-result.ts'

let clusters: PointCluster[] = []
let weights: Float32Array | null = null

addEventListener('message', ({ data: message }: MessageEvent<WorkerMessage>) => {
  switch (message.kind) {
    case 'points':
      clusters = clusterPoints(message.x, message.y, noPosition)
      weights = message.weights
      return
    case 'density': {
      const result = densityResult(clusters, message, weights)
      const buffers =
        result.mode === 'heat'
          ? result.clusters.map(({ raster }) => raster.values.buffer)
          : result.clusters.flatMap(({ bins }) => [bins.centers.buffer, bins.counts.buffer])
      globalThis.postMessage(result, { transfer: buffers })
    }
  }
})
