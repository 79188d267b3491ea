import type { App as ComposedApp } from './app.ts'

/** The one door of this package for the browser: types alone, for Hono's RPC client. */
export type App = ComposedApp
