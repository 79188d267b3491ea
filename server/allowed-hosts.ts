import { isIP } from 'node:net'
import { hostname, networkInterfaces } from 'node:os'
import { isLoopback } from './trusted-proxies.ts'

/** What a browser on the server's machine calls it. */
const loopbackHosts = ['localhost', '127.0.0.1', '[::1]']

const mostKnown = 100

/**
 * The hosts that requests may name. A page of a foreign name that is made to mean this machine (DNS rebinding) counts as
 * our own page to the browser; only the name, which the browser sends with every request, tells them apart.
 */
export class AllowedHosts {
  readonly #names: Set<string>
  /** Headers that were allowed by name: looked up for each request, and the same ones again and again. */
  readonly #known = new Set<string>()
  readonly #ownAddresses: boolean

  /**
   * @param named names or addresses, IPv6 with or without brackets, without ports.
   * @param ownAddresses whether the addresses of the machine's interfaces count, as they are when they are asked for.
   */
  constructor(named: readonly string[] = [], { ownAddresses = false } = {}) {
    this.#names = new Set([...loopbackHosts, ...named.map(hostOf)])
    this.#ownAddresses = ownAddresses
  }

  /** By the headers `Host` and, where a proxy has added it, `X-Forwarded-Host`; without either, no browser asks. */
  allows(host: string | undefined, forwarded: string | string[] | undefined): boolean {
    if (host !== undefined && !this.#has(host)) return false
    if (forwarded === undefined) return true
    return String(forwarded)
      .split(',')
      .every((name) => this.#has(name.trim()))
  }

  #has(header: string): boolean {
    if (this.#known.has(header)) return true
    const name = nameIn(header)
    if (!this.#names.has(name)) return this.#ownAddresses && isOwnAddress(name)
    // With a bound: the port and the letters are the client's.
    if (this.#known.size < mostKnown) this.#known.add(header)
    return true
  }
}

/** Whether a header `Host` names this machine alone. */
export function namesLoopback(host: string): boolean {
  return isLoopback(nameIn(host).replace(/^\[(.*)\]$/, '$1'))
}

/**
 * What is allowed where nobody names hosts: the loopback, the address to listen on, the name of the machine and the
 * addresses of its interfaces.
 */
export function defaultHosts(listeningOn: string): AllowedHosts {
  return new AllowedHosts([listeningOn, hostname()], { ownAddresses: true })
}

/** A name as it is compared: of the header `Host` without its port, in small letters. */
function nameIn(header: string): string {
  return header.replace(/:\d*$/, '').toLowerCase()
}

/** As the header `Host` writes it. */
function hostOf(named: string): string {
  const name = named.toLowerCase()
  return isIP(name) === 6 ? `[${name}]` : name
}

/** Asked each time: a machine may get another address while the server runs. */
function isOwnAddress(name: string): boolean {
  const address = name.replace(/^\[(.*)\]$/, '$1')
  if (isIP(address) === 0) return false
  return Object.values(networkInterfaces()).some((found) => found?.some((own) => own.address === address))
}
