import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { type Plugin, transformWithOxc } from 'vite'

const source = join(dirname(createRequire(import.meta.url).resolve('maplibre-gl/package.json')), 'src')
const worker = join(source, 'source/worker.ts')
const address = 'virtual:maplibre-worker-url'

/**
 * Builds MapLibre from its published source instead of its two ready-made bundles. Each of those holds everything it
 * needs, so that half of the page's bundle comes a second time with the worker; built as one graph, what both need is
 * one chunk that both import. In development the ready-made worker serves.
 */
export function maplibreInTwo(): Plugin {
  let building = false
  return {
    name: 'maplibre-in-two',
    enforce: 'pre',
    config: (_, { command }) => {
      building = command === 'build'
    },
    resolveId(id) {
      if (id === address) return `\0${address}`
      return building && id === 'maplibre-gl' ? join(source, 'index.ts') : null
    },
    load(id) {
      if (id !== `\0${address}`) return null
      if (!building) return `export { default } from 'maplibre-gl/dist/maplibre-gl-worker.mjs?worker&url'`
      const reference = this.emitFile({ type: 'chunk', id: worker, name: 'maplibre-worker' })
      return `export default import.meta.ROLLUP_FILE_URL_${reference}`
    },
    // Its sources declare fields that a constructor's base has already set: as of ES2022 that would unset them again.
    transform: (code, id) =>
      id.startsWith(source) && id.endsWith('.ts')
        ? transformWithOxc(code, id, {
            typescript: { removeClassFieldsWithoutInitializer: true },
            assumptions: { setPublicClassFields: true },
          })
        : null,
  }
}
