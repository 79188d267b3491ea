/** A worker thread of `scan.ts`: answers a range of replications with their maxima. */
import { parentPort, workerData } from 'node:worker_threads'
import type { ScanModel } from '../../data/stats/scan-model.ts'
import { replicateMaxima } from '../../data/stats/scan-statistic.ts'
import type { ScanWindows } from '../../data/stats/scan-windows.ts'

export type ScanWork = { model: ScanModel; windows: ScanWindows }
export type ScanRange = { seed: number; from: number; to: number }

const { model, windows } = workerData as ScanWork
parentPort!.on('message', (range: ScanRange) => {
  const maxima = replicateMaxima(model, windows, range)
  parentPort!.postMessage(maxima, [maxima.buffer as ArrayBuffer])
})
