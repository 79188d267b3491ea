import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const repositoryRoot = fileURLToPath(new URL('../../..', import.meta.url))
/** Installing is done; what may take long is building the web app, making a database and the demo street. */
const patience = 240_000

export type Site = {
  /** `http://127.0.0.1:41234` */
  address: string
  stop: () => Promise<void>
}

/** The product as a stranger starts it, on a spare port, with a database of its own and the demo street up to `asOf`. */
export async function startSite(asOf: Date): Promise<Site> {
  const directory = mkdtempSync(join(tmpdir(), 'minqing-e2e-'))
  const child = spawn(
    process.execPath,
    ['server/start.js', '--data-dir', join(directory, 'data'), '--as-of', asOf.toISOString()],
    {
      cwd: repositoryRoot,
      env: { ...process.env, PORT: '0', HOST: '127.0.0.1', DATABASE_URL: '' },
      stdio: ['ignore', 'pipe', 'pipe'],
    },
  )
  let said = ''
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()))
  const stop = async () => {
    child.kill('SIGTERM')
    await ended
    rmSync(directory, { recursive: true, force: true })
  }
  try {
    const address = await new Promise<string>((resolve, reject) => {
      const listen = (piece: Buffer) => {
        said += piece.toString()
        const found = /http:\/\/127\.0\.0\.1:\d+/.exec(said)
        if (found !== null) resolve(found[0])
      }
      child.stdout.on('data', listen)
      child.stderr.on('data', listen)
      void ended.then(() => reject(new Error(`The server ended before it listened:\n${said}`)))
      setTimeout(() => reject(new Error(`The server did not listen within ${patience} ms:\n${said}`)), patience).unref()
    })
    return { address, stop }
  } catch (error) {
    await stop()
    throw error
  }
}
