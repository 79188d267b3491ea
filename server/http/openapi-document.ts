import type { OpenAPIHono } from '@hono/zod-openapi'

/** The OpenAPI 3.0 document of everything under `/api`. */
export function openapiDocument(rooms: OpenAPIHono, origin: string, version: string) {
  return rooms.getOpenAPIDocument({
    openapi: '3.0.3',
    info: { title: '民情地图 · Minqing Map', version, license: { name: 'MIT' } },
    servers: [{ url: `${origin}/api` }],
  })
}
