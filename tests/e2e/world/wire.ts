import { once } from 'node:events'
import { connect, createServer, type AddressInfo, type Socket } from 'node:net'

/** A network between browser and server that can be cut: the server seems gone, and comes back at the same address. */
export type Wire = { address: string; cut: () => Promise<void>; mend: () => Promise<void>; close: () => Promise<void> }

export async function layWire(site: string): Promise<Wire> {
  const target = new URL(site)
  const open = new Set<Socket>()
  const relay = createServer((near) => {
    const far = connect(Number(target.port), target.hostname)
    for (const socket of [near, far]) {
      open.add(socket)
      socket.on('error', () => {})
      socket.on('close', () => {
        open.delete(socket)
        near.destroy()
        far.destroy()
      })
    }
    near.pipe(far).pipe(near)
  })
  relay.listen(0, '127.0.0.1')
  await once(relay, 'listening')
  const { port } = relay.address() as AddressInfo
  const cut = async () => {
    if (!relay.listening) return
    const closed = once(relay, 'close')
    relay.close()
    for (const socket of open) socket.destroy()
    await closed
  }
  const mend = async () => {
    relay.listen(port, '127.0.0.1')
    await once(relay, 'listening')
  }
  return { address: `http://127.0.0.1:${port}`, cut, mend, close: cut }
}
