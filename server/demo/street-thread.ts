import { parentPort } from 'node:worker_threads'
import { makeStreetText, type StreetOrder } from './make-street-text.ts'

parentPort?.on('message', (order: StreetOrder) => {
  const made = makeStreetText(order)
  // Each chunk gets memory of its own, which then changes hands without another copy.
  const tables = made.tables.map((table) => ({
    ...table,
    chunks: Array.from(table.chunks, (chunk) => new Uint8Array(chunk)),
  }))
  const buffers = tables.flatMap(({ chunks }) => chunks.map(({ buffer }) => buffer))
  parentPort?.postMessage({ ...made, tables }, buffers)
})
