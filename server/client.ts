import type { ExtractSchema } from 'hono/types'
import type { App } from './app.ts'

/** The one door of this package for the browser: each route by its path, with what it takes and gives. Types alone. */
export type Api = ExtractSchema<App>
