import { spawn } from 'node:child_process'
import { existsSync, globSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { readFile, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { promisify } from 'node:util'
import { brotliCompress, constants, gzip } from 'node:zlib'
import { repositoryRoot } from './config.ts'
import { hashSources } from './source-hash.ts'

const web = join(repositoryRoot, 'web')
/** React and every library choose their development code by it: users get `production`, whatever our own NODE_ENV is. */
const mode = 'production'
/** Beside the built files: the mode and the hash of the inputs that they were built from. */
const stampName = '.built-from'

/** Inputs of the build: the app, what it imports, and the versions of both. */
const inputs = ['web/**/*', 'data/**/*.ts', 'pnpm-lock.yaml', 'tsconfig.base.json']

/**
 * Builds the web app for production unless `output` was built so from the present inputs.
 *
 * @returns whether it built.
 * @throws Error with the bundler's output when the build fails; an earlier build is left as it was.
 */
export async function buildWeb(
  signal: AbortSignal,
  report: (line: string) => void,
  output = join(web, 'dist'),
): Promise<boolean> {
  const stamp = `${mode} ${hashSources(inputs)}\n`
  if (readStamp(output) === stamp) return false
  report('正在构建网页 · Building the web app …')
  // Outside the inputs, in case this process is killed before the build is complete.
  const fresh = join(web, 'node_modules', `.build-${process.pid}`)
  try {
    await bundle(fresh, signal)
    await compress(fresh)
    writeFileSync(join(fresh, stampName), stamp)
    rmSync(output, { recursive: true, force: true })
    renameSync(fresh, output)
  } catch (error) {
    // Two servers that start together build the same: the first one's is as good.
    if (readStamp(output) !== stamp) throw error
  } finally {
    rmSync(fresh, { recursive: true, force: true })
  }
  return true
}

function readStamp(directory: string): string | undefined {
  const stamp = join(directory, stampName)
  return existsSync(stamp) ? readFileSync(stamp, 'utf8') : undefined
}

async function bundle(directory: string, signal: AbortSignal): Promise<void> {
  const manifest = createRequire(join(web, 'package.json')).resolve('vite/package.json')
  const vite = join(dirname(manifest), 'bin', 'vite.js')
  const options = ['--mode', mode, '--outDir', directory, '--emptyOutDir', '--logLevel', 'warn']
  const child = spawn(process.execPath, [vite, 'build', ...options], {
    cwd: web,
    stdio: ['ignore', 'pipe', 'pipe'],
    // NODE_ENV decides more than `--mode`, and is `test` under Vitest.
    env: { ...process.env, NODE_ENV: mode },
    signal,
  })
  let said = ''
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => (said += text))
  }
  const code = await new Promise<number | null>((resolve, reject) => {
    child.once('error', reject)
    child.once('close', resolve)
  })
  if (code !== 0) throw new Error(`网页构建失败 · The web app could not be built:\n${said.trim()}`)
}

const brotli = promisify(brotliCompress)
const zip = promisify(gzip)
/** Compressed once while building: level 9 gives within 4 % of 11 in a fifth of the time. */
const quality = { params: { [constants.BROTLI_PARAM_QUALITY]: 9 } }

async function compress(directory: string): Promise<void> {
  const paths = globSync('**/*.{js,mjs,css,html,svg,json,webmanifest}', { cwd: directory })
  await Promise.all(
    paths.map(async (path) => {
      const target = join(directory, path)
      const content = await readFile(target)
      if (content.length < 1024) return
      await Promise.all([
        writeFile(`${target}.br`, await brotli(content, quality)),
        writeFile(`${target}.gz`, await zip(content, { level: 9 })),
      ])
    }),
  )
}
