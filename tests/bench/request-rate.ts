import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { writeFileSync } from 'node:fs'
import { get, type IncomingHttpHeaders } from 'node:http'
import { join } from 'node:path'
import { median, type Figure } from './figure.ts'

/** As browsers say it. */
const acceptEncoding = 'gzip, deflate, br'

type Load = {
  seconds?: number
  connections?: number
  /** Beside `accept-encoding`, as `name=value`. */
  headers?: string[]
}

/** Answers a second of one address over persistent connections, asked from a process of its own. */
export function requestRate(url: string, { seconds = 3, connections = 10, headers = [] }: Load = {}): number {
  const { stdout, status, stderr } = spawnSync(
    process.execPath,
    [
      join(import.meta.dirname, 'request-client.ts'),
      url,
      String(seconds),
      String(connections),
      `accept-encoding=${acceptEncoding}`,
      ...headers,
    ],
    { encoding: 'utf8', timeout: (seconds + 60) * 1000 },
  )
  if (status !== 0) throw new Error(`asking ${url} failed: ${stderr}`)
  return Number(stdout)
}

/** A bare `node:http` server that sends the bytes of an answer as they are. */
type BareServer = { url: string; bytes: number; stop: () => Promise<void> }

/** Starts a bare server for what an address answers now. */
async function startBareServer(url: string, scratch: string): Promise<BareServer> {
  const { headers, body } = await fetchRaw(url)
  const files = { headers: join(scratch, 'headers.json'), body: join(scratch, 'body') }
  writeFileSync(files.headers, JSON.stringify(headers))
  writeFileSync(files.body, body)
  const raw = spawn(process.execPath, [join(import.meta.dirname, 'raw-server.ts'), files.headers, files.body], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const [said] = (await once(raw.stdout, 'data')) as [Buffer]
  const stop = async () => {
    raw.kill()
    await once(raw, 'exit')
  }
  return { url: said.toString().trim(), bytes: body.length, stop }
}

/** The answer's bytes as they travel, compressed; fetch would unpack them. */
function fetchRaw(url: string): Promise<{ headers: Record<string, string>; body: Buffer }> {
  return new Promise((resolve, reject) => {
    get(url, { headers: { 'accept-encoding': acceptEncoding } }, (response) => {
      const chunks: Buffer[] = []
      response.on('data', (chunk: Buffer) => chunks.push(chunk))
      response.once('error', reject)
      response.once('end', () => {
        if (response.statusCode !== 200) reject(new Error(`${url} answered ${response.statusCode}`))
        else resolve({ headers: ownHeaders(response.headers), body: Buffer.concat(chunks) })
      })
    }).once('error', reject)
  })
}

/** Node adds date and connection itself. */
function ownHeaders(headers: IncomingHttpHeaders): Record<string, string> {
  const { date: _date, connection: _connection, 'keep-alive': _keepAlive, ...own } = headers
  return Object.fromEntries(Object.entries(own).map(([name, value]) => [name, String(value)]))
}

const rounds = 7

/**
 * Requests a second of a cached response against a bare `node:http` server that sends the same bytes. Rounds of the two
 * alternate, so that whatever else the machine does meets both.
 */
export async function measureCachedAnswer(url: string, scratch: string, claim: Figure['claim']): Promise<Figure> {
  const bare = await startBareServer(url, scratch)
  try {
    for (const warm of [url, bare.url]) requestRate(warm, { seconds: 1 })
    const pairs = Array.from({ length: rounds }, () => ({ ours: requestRate(url), bare: requestRate(bare.url) }))
    return {
      claim,
      value: median(pairs.map(({ ours, bare: raw }) => ours / raw)),
      unit: ' ×',
      limit: { atLeast: 0.6 },
      measured: {
        'our requests/s': Math.round(median(pairs.map(({ ours }) => ours))),
        'bare requests/s': Math.round(median(pairs.map(({ bare: raw }) => raw))),
        'bytes each': bare.bytes,
        rounds,
      },
    }
  } finally {
    await bare.stop()
  }
}

/**
 * A request header that bypasses the cache: the cookie of somebody who has just written, for whom no cached response is
 * new enough (`server/http/own-writes.ts`).
 */
export const uncached = 'cookie=minqing-position='
