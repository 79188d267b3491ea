import { readFileSync } from 'node:fs'
import { setTimeout as delay } from 'node:timers/promises'

/** What everybody needs at any time. */
export const probes = ['/api/status', '/api/wall', '/api/tiles/buildings/14/13396/6725.mvt', '/', '/icon.svg'] as const

/** `p99`: milliseconds, of the one that was answered slowest. */
export type Probed = { p99: number; slowest: string; asked: number; failed: number }

/** Milliseconds between two requests for the same. */
const interval = 100
/** Milliseconds in which a new database has been vacuumed and analysed by itself (`autovacuum_naptime` and some seconds). */
const settling = 75_000

/**
 * Fills the caches, compiles what is asked for and opens the connections, as screens do that have run for a while, over a
 * database that was not made a moment ago.
 */
export async function warm(address: string): Promise<void> {
  const until = performance.now() + settling
  while (performance.now() < until) {
    await Promise.all(probes.map((path) => warmOne(`${address}${path}`)))
    await delay(interval)
  }
  await recoveryTime(address)
}

async function warmOne(url: string): Promise<void> {
  const response = await fetch(url)
  await response.arrayBuffer()
  if (response.status >= 300) throw new Error(`${url} answered ${response.status}`)
}

/** Asks for each of them at fixed intervals, whether or not the answers before have come. */
export async function probe(address: string, duration: number): Promise<Probed> {
  const each = probes.map((path) => ({ path, times: [] as number[], failed: 0 }))
  const coming: Promise<void>[] = []
  const until = performance.now() + duration
  while (performance.now() < until) {
    for (const one of each) coming.push(ask(`${address}${one.path}`, one))
    await delay(interval)
  }
  await Promise.all(coming)
  const [slowest] = each
    .map(({ path, times }) => ({ path, p99: percentile99(times) }))
    .toSorted((a, b) => b.p99 - a.p99)
  return {
    p99: slowest?.p99 ?? 0,
    slowest: slowest?.path ?? '',
    asked: each.reduce((sum, { times }) => sum + times.length, 0),
    failed: each.reduce((sum, { failed }) => sum + failed, 0),
  }
}

function percentile99(times: readonly number[]): number {
  return times.toSorted((a, b) => a - b)[Math.ceil(times.length * 0.99) - 1] ?? 0
}

async function ask(url: string, to: { times: number[]; failed: number }): Promise<void> {
  const began = performance.now()
  try {
    const response = await fetch(url)
    await response.arrayBuffer()
    if (response.status >= 300) to.failed += 1
  } catch {
    to.failed += 1
  }
  to.times.push(performance.now() - began)
}

const file = { method: 'POST', headers: { 'content-disposition': 'attachment; filename="a.csv"' } }
const polygon = 'S_INTERSECTS(geometry,POLYGON((114 30,115 30,115 31,114 31,114 30)))'

/** Milliseconds until everything that an attack may have taken has been answered once. */
export async function recoveryTime(address: string): Promise<number> {
  const began = performance.now()
  const api = `${address}/api`
  const filter = encodeURIComponent(polygon)
  const unlike = () => `datetime=${new Date(Date.now() - 1e11).toISOString()}/..`
  await Promise.all([
    untilAnswered(() => fetch(`${api}/collections/incidents/items?limit=10000&${unlike()}`)),
    untilAnswered(() => fetch(`${api}/collections/incidents/items?limit=1&filter=${filter}&${unlike()}`)),
    untilAnswered(() => fetch(`${api}/exports/incidents.csv`)),
    untilAnswered(() => fetch(`${api}/imports`, { ...file, body: '编号\n1\n' })),
  ])
  return performance.now() - began
}

async function untilAnswered(ask: () => Promise<Response>): Promise<void> {
  for (;;) {
    // Again until it is answered.
    const response = await ask().catch(() => undefined)
    await response?.arrayBuffer().catch(() => undefined)
    if (response?.ok === true) return
    if (response?.status === 400) throw new Error(`${response.url} is no good question`)
    await delay(50)
  }
}

/** The most memory that a process has in use until `ended`, in bytes. */
export async function memoryOf(pid: number, ended: AbortSignal): Promise<number> {
  let most = 0
  while (!ended.aborted) {
    const kilobytes = /^VmRSS:\s*(\d+) kB/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]
    most = Math.max(most, Number(kilobytes ?? 0) * 1024)
    await delay(50)
  }
  return most
}
