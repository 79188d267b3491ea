import { type ChildProcess, spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { type Frame, frameBytes, type FrameKind, readFrames } from './frames.ts'

/** What a child process may use. */
export type Limits = {
  /** Megabytes of JavaScript objects, and of everything together. */
  heap: number
  memory: number
  /** Seconds of computing; the kernel enforces them also when we are gone. */
  computing: number
  /** Milliseconds that it may take over one answer while we wait for it. */
  silence: number
}

/** Why a child was ended before it was done. */
export class LimitReached extends Error {
  override readonly name = 'LimitReached'
  readonly limit: 'memory' | 'time'
  constructor(limit: 'memory' | 'time') {
    super(`the child process reached its limit of ${limit}`)
    this.limit = limit
  }
}

/** How often to look how much memory the child has, in milliseconds. */
const memoryPace = 25

/**
 * A Node process that may read the named files and nothing else: no writing, no programs, no threads, no environment,
 * a bounded heap. It speaks in frames over its standard input and output, and ends with us, however that happens: its
 * input closes, and the kernel counts its computing time.
 */
export class LimitedProcess {
  readonly #child: ChildProcess
  readonly #frames: AsyncGenerator<Frame>
  readonly #limits: Limits
  readonly #watch: NodeJS.Timeout
  readonly #ended: Promise<{ code: number | null; signal: NodeJS.Signals | null }>
  #stopped: Error | undefined
  #stderr = ''
  #peak = 0

  /**
   * @param readable files and folders; a trailing `*` means every path that begins so
   */
  constructor(entry: string, readable: readonly string[], limits: Limits) {
    this.#limits = limits
    const node = [
      '--permission',
      ...readable.map((path) => `--allow-fs-read=${path}`),
      `--max-old-space-size=${limits.heap}`,
      // Young objects are counted apart from the limit: a large space for them would only raise the peak.
      '--max-semi-space-size=1',
      '--disable-warning=ExperimentalWarning',
      entry,
    ]
    // At the hard limit the kernel kills without saying why: the soft one comes first, with a signal of its own.
    const time = `ulimit -S -t ${limits.computing}; ulimit -H -t ${limits.computing + 5}`
    this.#child = spawn('/bin/sh', ['-c', `${time}; exec "$0" "$@"`, process.execPath, ...node], {
      cwd: '/',
      env: {},
      stdio: ['pipe', 'pipe', 'pipe'],
    })
    // A child that is gone takes nothing more: its end reports that.
    this.#child.stdin?.on('error', () => {})
    this.#child.stderr?.setEncoding('utf8').on('data', (text: string) => {
      this.#stderr = (this.#stderr + text).slice(-4096)
    })
    this.#ended = new Promise((resolve) => {
      this.#child.once('error', (error) => {
        this.#stopped ??= error
        resolve({ code: null, signal: null })
      })
      this.#child.once('close', (code, signal) => resolve({ code, signal }))
    })
    this.#frames = readFrames(this.#child.stdout as AsyncIterable<Uint8Array>)
    this.#watch = setInterval(() => this.#look(), memoryPace)
    this.#watch.unref()
    void this.#ended.finally(() => clearInterval(this.#watch))
  }

  get pid(): number | undefined {
    return this.#child.pid
  }

  /** Bytes of the most memory that it was seen to use. */
  get peak(): number {
    this.#look()
    return this.#peak
  }

  /** Sends a frame, and waits while the child has not read the ones before. */
  async send(kind: FrameKind, body: string | Uint8Array): Promise<void> {
    if (this.#child.stdin?.write(frameBytes(kind, body)) !== false) return
    await Promise.race([new Promise((resume) => this.#child.stdin?.once('drain', resume)), this.#ended])
  }

  /**
   * The next frame.
   *
   * @throws LimitReached when the child took too much or too long, the reason of `stop`, or an Error with what it said
   * when it ended by itself.
   */
  async next(): Promise<Frame> {
    const timer = setTimeout(() => this.stop(new LimitReached('time')), this.#limits.silence)
    try {
      const { value, done } = await this.#frames.next()
      if (done !== true) return value
    } catch (error) {
      this.stop(error instanceof Error ? error : new Error(String(error)))
    } finally {
      clearTimeout(timer)
    }
    throw await this.#failure()
  }

  /** Ends the child at once; whoever waits for its next frame gets the reason. */
  stop(reason: Error = new Error('stopped')): void {
    this.#stopped ??= reason
    this.#child.kill('SIGKILL')
  }

  /** Resolves when the process is gone. */
  async gone(): Promise<void> {
    await this.#ended
  }

  #look(): void {
    this.#peak = peakBytes(this.#child.pid) ?? this.#peak
    if (this.#peak > this.#limits.memory * 1024 * 1024) this.stop(new LimitReached('memory'))
  }

  async #failure(): Promise<Error> {
    const { code, signal } = await this.#ended
    if (this.#stopped !== undefined) return this.#stopped
    if (/heap out of memory|Array buffer allocation failed/.test(this.#stderr)) return new LimitReached('memory')
    if (signal === 'SIGXCPU') return new LimitReached('time')
    return new Error(`the child process ended with ${signal ?? code}: ${this.#stderr.trim()}`)
  }
}

/** The most memory that a process has had in use; null where the system does not say (there is `/proc` on Linux alone). */
export function peakBytes(pid: number | undefined): number | null {
  if (pid === undefined) return null
  try {
    const kilobytes = /^VmHWM:\s*(\d+) kB/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]
    return kilobytes === undefined ? null : Number(kilobytes) * 1024
  } catch {
    return null
  }
}
