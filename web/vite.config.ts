import react from '@vitejs/plugin-react'
import { defaultClientConditions, defineConfig } from 'vite'
import { maplibreInTwo } from './build/maplibre-in-two.ts'
import { pureSchemas } from './build/pure-schemas.ts'

/** Where `vite` (development only) finds the API; in use one process serves both. */
const api = process.env.MINQING_API ?? 'http://127.0.0.1:8830'
/** The API's addresses, and not the modules of `web/api`, which Vite serves under the same prefix. */
const apiPath = String.raw`^/api(?!/.*\.tsx?(\?|$))`

export default defineConfig({
  plugins: [react(), pureSchemas(), maplibreInTwo()],
  // deck.gl then leaves its WebGPU shaders out: 30 kB less to send.
  resolve: { conditions: ['visgl:webgl-only', ...defaultClientConditions] },
  // MapLibre's worker is a module that imports a chunk it shares with the page (maplibreInTwo).
  worker: { format: 'es', plugins: () => [pureSchemas()] },
  build: {
    target: 'es2023',
    // Nothing may come from elsewhere and workers must have an address of their own (worker-src 'self').
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 1200,
    rolldownOptions: {
      output: {
        codeSplitting: {
          // Reached by `import()` alone, so that the first paint waits for no part of the map.
          groups: [
            // What every `import()` calls; left alone, the bundler puts it into the map's chunk, which would then come first.
            { name: 'preload', test: /vite[\\/]preload-helper/ },
            {
              // What the map page and other screens need: together they compress better than each for itself.
              name: 'common',
              test: /[\\/](?:domain[\\/](?:area-code|due-today|facility|incident-columns|incident-fields|instant|position-source)|view[\\/]day|api[\\/](?:fetch|presence|sign-in-wait|incident)|@tanstack|ui[\\/](?:not-allowed|bar-list|hidden\.module|use-formats|risk-mark)|screens[\\/]map[\\/]panel-parts)\b/,
              minShareCount: 2,
            },
            {
              // What the page and MapLibre's worker both import; what one of them needs stays with it.
              name: 'maplibre-shared',
              test: /[\\/]node_modules[\\/](?:\.pnpm[\\/])?(?:maplibre-gl|@maplibre|@mapbox)/,
              minShareCount: 2,
            },
            {
              name: 'deck',
              test: /[\\/]node_modules[\\/](?:\.pnpm[\\/])?(?:@deck\.gl|@luma\.gl|@math\.gl|@probe\.gl)/,
            },
          ],
        },
      },
    },
  },
  server: { proxy: { [apiPath]: { target: api, changeOrigin: false } } },
  preview: { proxy: { [apiPath]: { target: api, changeOrigin: false } } },
})
