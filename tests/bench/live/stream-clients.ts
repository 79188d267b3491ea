/**
 * Reads many live streams in one process of its own, as `StreamClients` asks it to. A client that unpacks every event would
 * be what is measured: this one reads the position of each, and the rest once.
 */
import { type ChildProcess, fork } from 'node:child_process'
import { connect } from 'node:net'

export type OpenStreams = { address: string; path: string; count: number; tokens: string[] }
/** `latencies`: deliveries by milliseconds since the commit of their step, the last entry for all that took longer. */
export type Received = { deliveries: number; faults: string[]; latencies: number[] }
type Ask =
  | { kind: 'open'; streams: OpenStreams }
  | { kind: 'until'; position: number }
  | { kind: 'received'; committed: ReadonlyMap<number, number> }

/** Streams whose readers are all in another process. */
export class StreamClients {
  readonly #child: ChildProcess
  #failed: Error | undefined

  private constructor(child: ChildProcess) {
    this.#child = child
    // Each question that is not answered yet listens.
    child.setMaxListeners(100)
    child.once('exit', (code) => (this.#failed = new Error(`the clients ended with exit code ${code}`)))
  }

  /** Resolves when each stream has begun. */
  static async open(streams: OpenStreams): Promise<StreamClients> {
    const clients = new StreamClients(fork(import.meta.filename, { serialization: 'advanced' }))
    await clients.#ask({ kind: 'open', streams })
    return clients
  }

  /** Resolves when each stream has come to the position. */
  async until(position: number): Promise<void> {
    await this.#ask({ kind: 'until', position })
  }

  /**
   * What has come since it was last asked for.
   *
   * @param committed when steps were committed, by position; others have no latency.
   */
  async received(committed: ReadonlyMap<number, number>): Promise<Received> {
    return (await this.#ask({ kind: 'received', committed })) as Received
  }

  close(): void {
    this.#child.kill()
  }

  #asked = 0
  #ask(ask: Ask): Promise<unknown> {
    const id = (this.#asked += 1)
    return new Promise((resolve, reject) => {
      const done = (settle: () => void) => {
        this.#child.off('message', answered).off('exit', ended)
        settle()
      }
      const answered = (answer: { id: number; value: unknown }) => {
        if (answer.id === id) done(() => resolve(answer.value))
      }
      const ended = () => done(() => reject(this.#failed ?? new Error('the clients ended')))
      this.#child.on('message', answered).once('exit', ended)
      if (this.#failed === undefined) this.#child.send({ id, ...ask })
      else ended()
    })
  }
}

/** Milliseconds that are told apart. */
const longest = 10_000
const mostFaults = 20
const openedAtOnce = 1000

class Clients {
  readonly #positions: number[] = []
  readonly #goals: { position: number; left: number; reached: () => void }[] = []
  /** By position: how many clients it reached at each millisecond. */
  readonly #arrivals = new Map<number, Map<number, number>>()
  readonly #faults: string[] = []

  /** All at once, as they come back when the server has been restarted. */
  async open({ address, path, count, tokens }: OpenStreams): Promise<void> {
    const url = new URL(path, address)
    for (let from = 0; from < count; from += openedAtOnce)
      await Promise.all(
        Array.from({ length: Math.min(openedAtOnce, count - from) }, (_, offset) =>
          this.#open(url, from + offset, tokens[(from + offset) % tokens.length] ?? ''),
        ),
      )
  }

  /** From an address of its own, as a proxy on this machine would name it. */
  #open({ hostname, port, pathname, host }: URL, index: number, token: string): Promise<void> {
    const { promise: begun, resolve, reject } = Promise.withResolvers<void>()
    const socket = connect(Number(port), hostname)
    const head = [
      `GET ${pathname} HTTP/1.1`,
      `host: ${host}`,
      `authorization: Bearer ${token}`,
      `x-forwarded-for: 10.0.${index >> 8}.${index & 255}`,
      'accept: text/event-stream',
    ]
    socket.write(`${head.join('\r\n')}\r\n\r\n`)
    let rest = ''
    socket.on('data', (chunk: Buffer) => {
      const now = Date.now()
      rest += chunk.toString('latin1')
      if (this.#positions[index] === undefined && rest.includes('\r\n\r\n') && !rest.startsWith('HTTP/1.1 200 '))
        reject(new Error(rest))
      let from = 0
      for (let end = rest.indexOf('\n\n'); end >= 0; end = rest.indexOf('\n\n', from)) {
        const event = rest.slice(from, end)
        if (this.#positions[index] !== undefined) this.#take(index, event, now)
        else if (event.includes('event: begin')) {
          this.#positions[index] = positionIn(event)
          resolve()
        }
        from = end + 2
      }
      rest = rest.slice(from)
    })
    socket.once('error', (error) => this.#fault(error.message))
    socket.once('close', () => this.#fault('a stream ended'))
    return begun
  }

  until(position: number): Promise<void> {
    return new Promise((reached) => {
      const left = this.#positions.filter((own) => own < position).length
      if (left === 0) reached()
      else this.#goals.push({ position, left, reached })
    })
  }

  received(committed: ReadonlyMap<number, number>): Received {
    const latencies = Array.from({ length: longest + 1 }, () => 0)
    let deliveries = 0
    for (const [position, arrivals] of this.#arrivals) {
      for (const [at, count] of arrivals) {
        deliveries += count
        const milliseconds = at - (committed.get(position) ?? Number.NaN)
        if (milliseconds >= 0) latencies[Math.min(Math.round(milliseconds), longest)]! += count
      }
    }
    const received = { deliveries, latencies, faults: [...this.#faults] }
    this.#arrivals.clear()
    this.#faults.length = 0
    return received
  }

  #take(index: number, event: string, now: number): void {
    const id = event.indexOf('id: ')
    if (id < 0) return
    const position = Number(event.slice(event.indexOf(':', id + 4) + 1, event.indexOf('\n', id)))
    const before = this.#positions[index]!
    if (position !== before + 1) this.#fault(`position ${position} came after ${before}`)
    this.#positions[index] = position
    let arrivals = this.#arrivals.get(position)
    if (arrivals === undefined) this.#arrivals.set(position, (arrivals = new Map()))
    arrivals.set(now, (arrivals.get(now) ?? 0) + 1)
    const goal = this.#goals.find((one) => one.position === position)
    if (goal === undefined) return
    goal.left -= 1
    if (goal.left > 0) return
    this.#goals.splice(this.#goals.indexOf(goal), 1)
    goal.reached()
  }

  #fault(fault: string): void {
    if (this.#faults.length < mostFaults) this.#faults.push(fault)
  }
}

/** From which a stream of one street begins. */
function positionIn(event: string): number {
  const { positions } = JSON.parse(event.slice(event.indexOf('{'))) as { positions: Record<string, number> }
  return Object.values(positions)[0] ?? 0
}

async function answer(clients: Clients, ask: Ask): Promise<unknown> {
  switch (ask.kind) {
    case 'open':
      return clients.open(ask.streams)
    case 'until':
      return clients.until(ask.position)
    case 'received':
      return clients.received(ask.committed)
  }
}

/** That process: ends with an error where a stream cannot be opened. */
function answerParent(): void {
  const clients = new Clients()
  process.on('message', (ask: Ask & { id: number }) => {
    void answer(clients, ask).then((value) => process.send?.({ id: ask.id, value }))
  })
  process.once('disconnect', () => process.exit(0))
}

if (import.meta.main) answerParent()
