import { readFileSync } from 'node:fs'
import { once } from 'node:events'

/** `heap`: bytes in use after a collection; `resident`: of the process. */
export type Memory = { heap: number; resident: number }

/** Measures the memory of a server that runs in another process, through its inspector. */
export class ServerMemory {
  readonly #socket: WebSocket
  readonly #pid: number
  #asked = 0

  private constructor(socket: WebSocket, pid: number) {
    this.#socket = socket
    this.#pid = pid
  }

  /** @param inspector `ws://…`, as Node prints it. */
  static async open(inspector: string, pid: number): Promise<ServerMemory> {
    const socket = new WebSocket(inspector)
    await once(socket, 'open')
    return new ServerMemory(socket, pid)
  }

  async measure(): Promise<Memory> {
    await this.#ask('HeapProfiler.collectGarbage')
    const { usedSize } = (await this.#ask('Runtime.getHeapUsage')) as { usedSize: number }
    const kilobytes = /^VmRSS:\s*(\d+) kB/m.exec(readFileSync(`/proc/${this.#pid}/status`, 'utf8'))?.[1]
    return { heap: usedSize, resident: Number(kilobytes ?? 0) * 1024 }
  }

  close(): void {
    this.#socket.close()
  }

  #ask(method: string): Promise<unknown> {
    const id = (this.#asked += 1)
    return new Promise((resolve, reject) => {
      const answered = ({ data }: MessageEvent) => {
        const answer = JSON.parse(String(data)) as { id?: number; result?: unknown; error?: { message: string } }
        if (answer.id !== id) return
        this.#socket.removeEventListener('message', answered)
        if (answer.error === undefined) resolve(answer.result)
        else reject(new Error(`${method}: ${answer.error.message}`))
      }
      this.#socket.addEventListener('message', answered)
      this.#socket.send(JSON.stringify({ id, method }))
    })
  }
}
