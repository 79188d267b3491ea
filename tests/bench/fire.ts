import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { writeFileSync } from 'node:fs'
import { get, type IncomingHttpHeaders } from 'node:http'
import { join } from 'node:path'

/** As browsers say it. */
export const acceptEncoding = 'gzip, deflate, br'

type Load = {
  seconds?: number
  connections?: number
  /** Beside `accept-encoding`, as `name=value`. */
  headers?: string[]
}

/** Answers a second of one address over kept connections, asked from a process of its own. */
export function fire(url: string, { seconds = 3, connections = 10, headers = [] }: Load = {}): number {
  const { stdout, status, stderr } = spawnSync(
    process.execPath,
    [
      join(import.meta.dirname, 'ask-often.ts'),
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
export type BareServer = { url: string; bytes: number; stop: () => Promise<void> }

/** Starts a bare server for what an address answers now. */
export async function startBareServer(url: string, scratch: string): Promise<BareServer> {
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
export function fetchRaw(url: string): Promise<{ headers: Record<string, string>; body: Buffer }> {
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
