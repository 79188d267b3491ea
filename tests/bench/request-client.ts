/**
 * Asks one address for the same answer again and again over persistent connections, and prints how often a second.
 * `request-client.ts <url> <seconds> <connections> [name=value …]`, the rest being request headers.
 *
 * A client that unpacks and gathers each answer would be what is measured when answers are megabytes: this one reads
 * how long an answer is, and counts its bytes.
 */
import { connect } from 'node:net'

const [address = '', seconds = '3', connections = '10', ...headers] = process.argv.slice(2)
const url = new URL(address)
const fields = headers.map((header) => header.replace('=', ': '))
const request = [`GET ${url.pathname}${url.search} HTTP/1.1`, `host: ${url.host}`, ...fields, '', ''].join('\r\n')
const until = performance.now() + Number(seconds) * 1000

/** One connection; resolves to the number of complete responses that came within the time. */
function ask(): Promise<number> {
  return new Promise((resolve, reject) => {
    const socket = connect(Number(url.port), url.hostname)
    let answers = 0
    let length = 0
    let come = 0
    let head = ''
    socket.setNoDelay(true)
    socket.once('connect', () => socket.write(request))
    socket.once('error', reject)
    socket.once('close', () => reject(new Error(`${address}: the connection was closed`)))
    socket.on('data', (chunk: Buffer) => {
      come += chunk.length
      if (length === 0) {
        head += chunk.toString('latin1')
        length = answerLength(head)
      }
      if (length === 0 || come < length) return
      ;[length, come, head] = [0, 0, '']
      if (performance.now() < until) {
        answers++
        socket.write(request)
        return
      }
      resolve(answers)
      socket.destroy()
    })
  })
}

/** Bytes of the complete response, 0 while its header is not complete. */
function answerLength(head: string): number {
  const end = head.indexOf('\r\n\r\n')
  if (end < 0) return 0
  if (!head.startsWith('HTTP/1.1 200 ')) throw new Error(`${address}: ${head.slice(0, head.indexOf('\r\n'))}`)
  const body = /^content-length: (\d+)/im.exec(head.slice(0, end))?.[1]
  if (body === undefined) throw new Error(`${address} does not say how long its answer is`)
  return end + 4 + Number(body)
}

const began = performance.now()
const counts = await Promise.all(Array.from({ length: Number(connections) }, ask))
const taken = (performance.now() - began) / 1000
process.stdout.write(`${counts.reduce((sum, count) => sum + count, 0) / taken}\n`)
