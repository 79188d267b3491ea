import { createServer, type RequestListener, type Server } from 'node:http'
import { createServer as createSecureServer, type Server as SecureServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import { ConfigError, type TlsFiles } from './config.ts'
import { readTls, renewTls } from './tls.ts'

/** The open port. */
export type Listener = {
  /** `http://127.0.0.1:8787`, or `https://…`, as a browser on this machine reaches it. */
  address: string
  /** Takes nothing new, lets running requests finish for at most `grace` milliseconds, then cuts them off. */
  close: (grace: number) => Promise<void>
  /** Cuts off what is still running. */
  cut: () => void
}

/**
 * Large files take longer to upload than Node's limit for a whole request: they have a least rate instead
 * (`server/http/pace.ts`). An idle connection stays longer than proxies keep theirs by default, which would otherwise send
 * a request into one that is just being closed.
 */
const timeouts = { requestTimeout: 0, headersTimeout: 20_000, keepAliveTimeout: 75_000 }
/** Milliseconds in which a connection must send or take anything while it has a request: the slowest takes 90 s. */
const longestSilence = 120_000

/**
 * @param tls with it the server speaks HTTPS alone.
 * @param logError called where a renewed certificate cannot be used.
 * @throws ConfigError one sentence, when the port or the certificate cannot be had.
 */
export async function listen(
  handle: RequestListener,
  { host, port, tls }: { host: string; port: number; tls?: TlsFiles | undefined },
  logError: (error: unknown) => void = () => {},
): Promise<Listener> {
  const server = tls === undefined ? createServer(timeouts, handle) : secureServer(tls, handle, logError)
  server.timeout = longestSilence
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error) => reject(describe(error, host, port)))
    server.listen({ host, port }, resolve)
  })
  return {
    address: addressOf(server, tls === undefined ? 'http' : 'https'),
    close: (grace) => close(server, grace),
    cut: () => server.closeAllConnections(),
  }
}

function secureServer(files: TlsFiles, handle: RequestListener, logError: (error: unknown) => void): SecureServer {
  const server = createSecureServer({ ...timeouts, ...readTls(files) }, handle)
  server.once('close', renewTls(server, files, logError))
  return server
}

function addressOf(server: Server | SecureServer, scheme: 'http' | 'https'): string {
  const { address, port, family } = server.address() as AddressInfo
  const everywhere = address === '::' || address === '0.0.0.0'
  if (everywhere) return `${scheme}://localhost:${port}`
  return `${scheme}://${family === 'IPv6' ? `[${address}]` : address}:${port}`
}

async function close(server: Server | SecureServer, grace: number): Promise<void> {
  const closed = new Promise((resolve) => server.close(resolve))
  // A connection that was busy when we closed turns idle later, and would stay open until its timeout.
  const sweep = setInterval(() => server.closeIdleConnections(), 50)
  const deadline = setTimeout(() => server.closeAllConnections(), grace)
  await closed
  clearInterval(sweep)
  clearTimeout(deadline)
}

function describe(error: NodeJS.ErrnoException, host: string, port: number): Error {
  const where = `${host}:${port}`
  switch (error.code as string) {
    case 'EADDRINUSE':
      return new ConfigError(
        `端口 ${where} 已被占用，请用 PORT 换一个端口。\nPort ${where} is in use: choose another with PORT.`,
      )
    case 'EACCES':
      return new ConfigError(
        `无权监听 ${where}，请用 PORT 换一个大于 1023 的端口。\nListening on ${where} is not permitted: choose a port above 1023 with PORT.`,
      )
    case 'EADDRNOTAVAIL':
    case 'ENOTFOUND':
      return new ConfigError(`本机没有地址 ${host}，请检查 HOST。\nThis machine has no address ${host}: check HOST.`)
    default:
      return error
  }
}
