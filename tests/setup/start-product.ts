import { execFileSync, spawn } from 'node:child_process'
import { mkdtempSync, readFileSync, readlinkSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'

const root = join(import.meta.dirname, '../..')

/** What the script `start` of package.json gives to Node: its options and the program. */
const startArguments = (JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as Scripts).scripts.start
  .split(' ')
  .slice(1)
type Scripts = { scripts: { start: string } }

export type Product = {
  /** `http://127.0.0.1:<port>`, without a slash at the end. */
  address: string
  /** Of the server's process; the database's are others. */
  pid: number
  /** Where its database is, for a command beside it. */
  dataDirectory: string
  /** Ends it as Ctrl-C would and removes its database, unless that is kept; resolves to its exit code. */
  stop: (options?: { keepData: boolean }) => Promise<number | null>
}

export type ProductOptions = {
  /** Given as in a shell, instead of or beside ours. */
  environment?: Record<string, string>
  arguments?: string[]
  /** Data directory of a product that has been stopped: it begins with a copy of that (`canBeCopied`). */
  data?: string | undefined
  /** Milliseconds until it must have printed its address. */
  limit?: number
  /** Called with what it prints, its log included. */
  output?: (text: string) => void
}

/** Starts the product as `pnpm start` does, on a spare port and with a database of its own, and waits for its address. */
export async function startProduct(options: ProductOptions = {}): Promise<Product> {
  const { limit = 180_000 } = options
  const directory = mkdtempSync(join(tmpdir(), 'minqing-product-'))
  // PostgreSQL refuses a directory of another mode or owner.
  if (options.data !== undefined) execFileSync('cp', ['-Rp', `${options.data}/.`, directory])
  const given = ['--data-dir', directory, ...(options.arguments ?? [])]
  const child = spawn(process.execPath, [...startArguments, ...given], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, PORT: '0', HOST: '127.0.0.1', ...options.environment },
  })
  let output = ''
  // A log of every request follows: tens of megabytes under a bench, which searching again and again would take minutes.
  let started = false
  const ended = new Promise<number | null>((resolve) => child.once('close', resolve))
  const stop = async ({ keepData } = { keepData: false }) => {
    child.kill('SIGINT')
    const code = await ended
    if (!keepData) removeData(directory)
    return code
  }
  const { promise: address, resolve, reject } = Promise.withResolvers<string>()
  const fail = (why: string) => reject(new Error(`The product ${why}. It said:\n${output}`))
  const timer = setTimeout(() => fail(`has not started after ${limit / 1000} s`), limit)
  void ended.then((code) => fail(`ended with exit code ${code}`))
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      options.output?.(text)
      if (started) return
      output += text
      const said = /https?:\/\/[\w.:[\]-]+/.exec(output)
      if (said === null) return
      started = true
      resolve(said[0])
    })
  }
  try {
    return { address: await address, pid: child.pid ?? 0, dataDirectory: directory, stop }
  } catch (error) {
    await stop()
    throw error
  } finally {
    clearTimeout(timer)
  }
}

/** Removes a data directory, and the database that it links to where another account runs that elsewhere. */
export function removeData(directory: string): void {
  const elsewhere = linkedDatabase(directory)
  if (elsewhere !== undefined) rmSync(dirname(elsewhere), { recursive: true, force: true })
  rmSync(directory, { recursive: true, force: true })
}

/** Whether its database lies in the directory itself: a copy of a link would lead to the same database. */
export function canBeCopied(directory: string): boolean {
  return linkedDatabase(directory) === undefined
}

function linkedDatabase(directory: string): string | undefined {
  try {
    return readlinkSync(join(directory, 'postgres'))
  } catch {
    return undefined
  }
}
