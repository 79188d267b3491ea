import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { writeFileSync } from 'node:fs'
import { get, type IncomingHttpHeaders } from 'node:http'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { median, type Figure } from './figure.ts'

const acceptEncoding = 'gzip, deflate, br'
const rounds = 7
const secondsEach = 3
const connections = 10

/**
 * Requests a second of the cached grids collection against a bare `node:http` server that sends the same bytes.
 * Rounds of the two alternate, so that whatever else the machine does meets both.
 */
export async function measureCachedGrids(address: string, scratch: string): Promise<Figure> {
  const url = `${address}/api/collections/grids/items`
  const { headers, body } = await fetchRaw(url)
  const files = { headers: join(scratch, 'headers.json'), body: join(scratch, 'body') }
  writeFileSync(files.headers, JSON.stringify(headers))
  writeFileSync(files.body, body)
  const raw = spawn(process.execPath, [join(import.meta.dirname, 'raw-server.ts'), files.headers, files.body], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  try {
    const [said] = (await once(raw.stdout, 'data')) as [Buffer]
    const rawUrl = said.toString().trim()
    for (const warm of [url, rawUrl]) fire(warm, 1)
    const pairs = Array.from({ length: rounds }, () => ({ ours: fire(url), raw: fire(rawUrl) }))
    return {
      claim: {
        zh: '缓存的网格集合每秒请求数，与发送相同字节的裸 node:http 服务之比',
        en: 'requests/s of the cached grids collection against a bare node:http server sending the same bytes',
      },
      value: median(pairs.map(({ ours, raw: bare }) => ours / bare)),
      unit: ' ×',
      limit: { atLeast: 0.6 },
      measured: {
        'our requests/s': Math.round(median(pairs.map(({ ours }) => ours))),
        'bare requests/s': Math.round(median(pairs.map(({ raw: bare }) => bare))),
        'bytes each': body.length,
        rounds,
      },
    }
  } finally {
    raw.kill()
    await once(raw, 'exit')
  }
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

/** Requests a second, from a process of its own. */
function fire(url: string, seconds = secondsEach): number {
  const autocannon = fileURLToPath(import.meta.resolve('autocannon'))
  const options = ['--json', '--connections', String(connections), '--duration', String(seconds)]
  const { stdout, status, stderr } = spawnSync(
    process.execPath,
    [autocannon, ...options, '--headers', `accept-encoding=${acceptEncoding}`, url],
    { encoding: 'utf8', timeout: (seconds + 30) * 1000 },
  )
  if (status !== 0) throw new Error(`autocannon failed: ${stderr}`)
  const result = JSON.parse(stdout) as { requests: { average: number }; non2xx: number; errors: number }
  if (result.non2xx + result.errors > 0) throw new Error(`${url}: ${result.non2xx} refused, ${result.errors} lost`)
  return result.requests.average
}
