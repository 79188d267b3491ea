/** The least that Node can do: writes the same bytes to every socket that has asked. A process of its own. */
import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { type AddressInfo, createServer, type Socket } from 'node:net'

export class RawStreams {
  readonly #child: ChildProcess
  readonly address: string

  private constructor(child: ChildProcess, address: string) {
    this.#child = child
    this.address = address
  }

  /** @param begin what whoever asks is sent at once. */
  static async start(begin: Uint8Array): Promise<RawStreams> {
    const child = fork(import.meta.filename, { serialization: 'advanced' })
    child.send(begin)
    const [address] = (await once(child, 'message')) as [string]
    return new RawStreams(child, address)
  }

  write(bytes: Uint8Array): void {
    this.#child.send(bytes)
  }

  close(): void {
    this.#child.kill()
  }
}

async function serve(): Promise<void> {
  const [begin] = (await once(process, 'message')) as [Uint8Array]
  const open = new Set<Socket>()
  const server = createServer((socket) => {
    socket.setNoDelay(true)
    socket.once('data', () => {
      socket.write('HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\n\r\n')
      socket.write(begin)
      open.add(socket)
    })
    socket.once('close', () => open.delete(socket))
    socket.on('error', () => socket.destroy())
  })
  process.on('message', (bytes: Uint8Array) => {
    for (const socket of open) socket.write(bytes)
  })
  process.once('disconnect', () => process.exit(0))
  server.listen(0, '127.0.0.1', () => process.send?.(`http://127.0.0.1:${(server.address() as AddressInfo).port}`))
}

if (import.meta.main) await serve()
