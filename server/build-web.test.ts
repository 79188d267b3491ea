import { globSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { buildWeb } from './build-web.ts'
import { repositoryRoot } from './config.ts'

// Beside the place where the build is made, as it is renamed into its own.
const folder = mkdtempSync(join(repositoryRoot, 'web/node_modules/.test-build-'))
const output = join(folder, 'dist')
const build = (signal = AbortSignal.timeout(300_000)) => buildWeb(signal, () => {}, output)
afterAll(() => rmSync(folder, { recursive: true, force: true }))

test('users get the production build whatever NODE_ENV is, and a build of another mode is not taken for it', async () => {
  expect(process.env['NODE_ENV']).toBe('test')
  expect(await build()).toBe(true)
  const scripts = globSync('**/*.{js,mjs}', { cwd: output })
  expect(scripts.length).toBeGreaterThan(5)
  expect(scripts.filter((path) => readFileSync(join(output, path), 'utf8').includes('jsxDEV'))).toEqual([])
  expect(await build()).toBe(false)

  const stamp = join(output, '.built-from')
  const [mode, inputs] = readFileSync(stamp, 'utf8').trim().split(' ')
  expect(mode).toBe('production')
  writeFileSync(stamp, `development ${inputs}\n`)
  // It builds again, unless it is stopped.
  await expect(build(AbortSignal.abort())).rejects.toThrow('aborted')
})
