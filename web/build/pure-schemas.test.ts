import { globSync } from 'node:fs'
import { join } from 'node:path'
import { build, type Rolldown } from 'vite'
import { expect, test } from 'vitest'
import { pureSchemas } from './pure-schemas.ts'

const domain = join(import.meta.dirname, '../../data/domain')
const modules = globSync('**/*.ts', { cwd: domain, exclude: ['**/*.test.ts'] })

/** What remains of code that imports every module of the domain and uses nothing of them. */
async function bundled(): Promise<string> {
  const entry = 'virtual:entry'
  const imports = {
    name: 'entry',
    resolveId: (id: string) => (id === entry ? id : null),
    load: (id: string) =>
      id === entry ? modules.map((file) => `import ${JSON.stringify(join(domain, file))}`).join('\n') : null,
  }
  const output = (await build({
    configFile: false,
    root: join(import.meta.dirname, '..'),
    logLevel: 'silent',
    plugins: [imports, pureSchemas()],
    build: { write: false, minify: false, rolldownOptions: { input: entry } },
  })) as Rolldown.RolldownOutput
  return output.output.map((chunk) => (chunk.type === 'chunk' ? chunk.code : '')).join('\n')
}

test('no schema of the domain, and none of zod, is bundled that is not used', async () => {
  expect(modules.length).toBeGreaterThan(10)
  const code = await bundled()
  expect(code).not.toContain('ZodObject')
  expect(code.length).toBeLessThan(50_000)
})
