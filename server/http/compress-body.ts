import { Duplex } from 'node:stream'
import { constants, createBrotliCompress, createGzip } from 'node:zlib'
import type { MiddlewareHandler } from 'hono'
import { COMPRESSIBLE_CONTENT_TYPE_REGEX } from 'hono/utils/compress'
import { acceptedEncoding } from './negotiation.ts'

/**
 * Compresses answers while they are sent. In Brotli where the client takes it, as browsers do over HTTPS and on their
 * own machine, at a quality that makes GeoJSON smaller than gzip's default one in a quarter of its time (which is what
 * Hono's own middleware has); else in the quickest gzip, which halves that time.
 */
export const compressBody: MiddlewareHandler = async (c, next) => {
  await next()
  const { headers } = c.res
  if (c.res.body === null || c.req.method === 'HEAD' || headers.has('content-encoding')) return
  if (!isCompressible(headers.get('content-type') ?? '')) return
  const vary = headers.get('vary')
  if (!/accept-encoding/i.test(vary ?? ''))
    c.header('vary', vary === null ? 'Accept-Encoding' : `${vary}, Accept-Encoding`)
  const encoding = acceptedEncoding(c.req.header('accept-encoding'))
  if (encoding === 'identity') return
  const compressor = encoding === 'br' ? createBrotliCompress(quickBrotli) : createGzip(quickGzip)
  const pair = Duplex.toWeb(compressor) as ReadableWritablePair<Uint8Array, Uint8Array>
  c.res = new Response(c.res.body.pipeThrough(pair), c.res)
  c.res.headers.delete('content-length')
  c.res.headers.set('content-encoding', encoding)
  // The bytes are others than those that the tag was made for.
  const tag = c.res.headers.get('etag')
  if (tag !== null && !tag.startsWith('W/')) c.res.headers.set('etag', `W/${tag}`)
}

const quickBrotli = { params: { [constants.BROTLI_PARAM_QUALITY]: 1 } }
const quickGzip = { level: 1 }

function isCompressible(type: string): boolean {
  return COMPRESSIBLE_CONTENT_TYPE_REGEX.test(type) || type.startsWith('application/vnd.apache.arrow')
}
