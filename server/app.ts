import { OpenAPIHono } from '@hono/zod-openapi'
import type { Database } from './store/connect.ts'

/** What the rooms need from outside; read once at the edge and passed in. */
export type AppDependencies = {
  database: Database
  /** The clock: tests stop it. */
  now: () => Date
  /** Version of the product, as `/api/status` tells it. */
  version: string
}

/** Composes the rooms into one application. */
export function createApp(_dependencies: AppDependencies) {
  const app = new OpenAPIHono()
  return app
}

export type App = ReturnType<typeof createApp>
