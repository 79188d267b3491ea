import { serveStatic } from '@hono/node-server/serve-static'
import { Hono } from 'hono'
import { etag } from 'hono/etag'
import { secureHeaders } from 'hono/secure-headers'

/** Pages of the web app: each is answered with `index.html`, which then shows what the address means. */
const pages = [
  '/',
  '/analysis',
  '/figures',
  '/incident/:street/:number',
  '/intake',
  '/tasks',
  '/clocks',
  '/r',
  '/wall',
  '/pair',
  '/admin/import',
  '/admin/accounts',
  '/audit',
  '/me',
  '/first-account',
]

const self = "'self'"
const none = "'none'"

/**
 * Nothing is loaded from outside, and nothing runs that was not built with us. Pictures of the map are blobs; React and
 * MapLibre set styles on elements.
 */
const contentSecurityPolicy = {
  defaultSrc: [self],
  scriptSrc: [self],
  styleSrc: [self, "'unsafe-inline'"],
  imgSrc: [self, 'data:', 'blob:'],
  fontSrc: [self, 'data:'],
  connectSrc: [self, 'data:', 'blob:'],
  workerSrc: [self, 'blob:'],
  childSrc: [self, 'blob:'],
  manifestSrc: [self],
  objectSrc: [none],
  baseUri: [none],
  formAction: [self],
  frameAncestors: [none],
}

/** Security headers for every answer of the web app. */
export const securityHeaders = secureHeaders({
  contentSecurityPolicy,
  referrerPolicy: 'same-origin',
  xFrameOptions: 'DENY',
  // The listener sends it where it speaks TLS; whoever puts TLS before it decides about this.
  strictTransportSecurity: false,
  permissionsPolicy: { geolocation: ['self'], fullscreen: ['self'], camera: [], microphone: [], usb: [], payment: [] },
})

/**
 * Serves the built web app: assets, whose names carry a hash of their content, for ever; pages are revalidated every time.
 *
 * @param directory `web/dist`, with `.br` and `.gz` beside what compresses.
 */
export function staticFiles(directory: string): Hono {
  const app = new Hono()
  const page = serveStatic({ root: directory, rewriteRequestPath: () => 'index.html', precompressed: true })
  for (const path of pages) {
    app.get(path, etag(), async (context, next) => {
      context.header('Cache-Control', 'no-cache')
      return page(context, next)
    })
  }
  app.get(
    '*',
    async (context, next) => {
      // Dot files describe the build, compressed twins are served under their plain name.
      if (/\/\.|\.(br|gz)$/.test(context.req.path)) return context.notFound()
      await next()
      if (!context.res.ok) return
      const hashed = context.req.path.startsWith('/assets/')
      context.header('Cache-Control', hashed ? 'public, max-age=31536000, immutable' : 'public, max-age=3600')
    },
    serveStatic({ root: directory, precompressed: true }),
  )
  return app
}
