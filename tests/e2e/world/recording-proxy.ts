import { once } from 'node:events'
import { createServer, request } from 'node:http'
import type { AddressInfo } from 'node:net'
import { brotliDecompressSync, gunzipSync } from 'node:zlib'

/** A response as the browser received it, its content encoding undone. */
export type RecordedResponse = { path: string; type: string; body: Buffer }

export type RecordingProxy = {
  address: string
  responses: RecordedResponse[]
  close: () => Promise<void>
}

/** Stands between browser and server and records every response body, those that workers asked for included. */
export async function recordResponses(site: string): Promise<RecordingProxy> {
  const target = new URL(site)
  const responses: RecordedResponse[] = []
  const proxy = createServer((incoming, outgoing) => {
    const path = incoming.url ?? '/'
    const { method = 'GET', headers } = incoming
    const forwarded = request({ host: target.hostname, port: target.port, path, method, headers }, (response) => {
      const chunks: Buffer[] = []
      outgoing.writeHead(response.statusCode ?? 502, response.headers)
      response.on('data', (chunk: Buffer) => {
        chunks.push(chunk)
        outgoing.write(chunk)
      })
      response.on('end', () => {
        outgoing.end()
        const { 'content-encoding': encoding = 'identity', 'content-type': type = '' } = response.headers
        responses.push({ path, type, body: decoded(Buffer.concat(chunks), encoding) })
      })
      response.on('error', () => outgoing.destroy())
    })
    forwarded.on('error', () => outgoing.destroy())
    incoming.pipe(forwarded)
  })
  proxy.listen(0, '127.0.0.1')
  await once(proxy, 'listening')
  const { port } = proxy.address() as AddressInfo
  const close = async () => {
    proxy.closeAllConnections()
    proxy.close()
    await once(proxy, 'close')
  }
  return { address: `http://127.0.0.1:${port}`, responses, close }
}

function decoded(body: Buffer, encoding: string): Buffer {
  if (body.length === 0 || encoding === 'identity') return body
  if (encoding === 'br') return brotliDecompressSync(body)
  if (encoding === 'gzip') return gunzipSync(body)
  throw new Error(`a response came as ${encoding}, which is not known here`)
}
