import type { RequestListener } from 'node:http'
import type { Socket } from 'node:net'

/** Requests that a connection may send ahead of their answers; nothing that browsers, proxies or GIS clients do. */
const mostAhead = 32

/**
 * Works on one request of a connection at a time: answers leave in the order of their requests anyhow (RFC 9112 §9.3.2),
 * so that whoever sends many ahead waits for itself alone. A connection that sends too many ahead is closed; the
 * requests of a closed one are never begun. One request after the other on a reused connection never waits.
 */
export function inTurn(handle: RequestListener): RequestListener {
  const waiting = new WeakMap<Socket, (() => void)[]>()
  return (request, response) => {
    const { socket } = request
    const ahead = waiting.get(socket)
    if (ahead === undefined) {
      waiting.set(socket, [])
      begin()
    } else if (ahead.length < mostAhead) ahead.push(begin)
    else socket.destroy()

    function begin(): void {
      response.once('close', next)
      handle(request, response)
    }
    function next(): void {
      const following = socket.destroyed ? undefined : waiting.get(socket)?.shift()
      if (following === undefined) waiting.delete(socket)
      else following()
    }
  }
}
