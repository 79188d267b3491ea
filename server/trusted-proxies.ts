import { BlockList, isIP } from 'node:net'

/** Addresses whose `X-Forwarded-For` is believed: the loopback, and those that an administrator names. */
export class TrustedProxies {
  readonly #list = new BlockList()
  /** Whether somebody else than the loopback is named. */
  readonly namesOthers: boolean

  /**
   * @param named IPv4 and IPv6 addresses or networks (`10.1.0.0/16`).
   * @throws RangeError naming what is neither.
   */
  constructor(named: readonly string[] = []) {
    for (const network of ['127.0.0.0/8', '::1', ...named]) this.#add(network)
    this.namesOthers = named.some((network) => !isLoopback(network))
  }

  has(address: string): boolean {
    const family = isIP(address)
    // IPv4 addresses written as IPv6 (`::ffff:10.1.1.1`) are found as what they are.
    return family !== 0 && this.#list.check(address, family === 4 ? 'ipv4' : 'ipv6')
  }

  /**
   * Who asks: the other end of the connection, or where that is a trusted proxy the last address of `X-Forwarded-For`
   * that is none, which its outermost proxy has added. What stands before it can be invented by anyone.
   *
   * @param header of the request, by its name in small letters.
   * @returns undefined where a trusted proxy does not say for whom it asks.
   */
  clientOf(connected: string | undefined, header: (name: string) => string | undefined): string | undefined {
    if (connected === undefined || !this.has(connected) || !isProxied(header)) return connected
    const addresses = (header('x-forwarded-for') ?? '').split(',').map((address) => address.trim())
    const last = addresses.findLast((address) => !this.has(address))
    return last === undefined || isIP(last) === 0 ? undefined : last
  }

  #add(network: string): void {
    const [address = '', prefix, ...more] = network.split('/')
    const family = isIP(address)
    const bits = family === 4 ? 32 : 128
    const length = prefix === undefined ? bits : Number(prefix)
    const isNetwork = family !== 0 && more.length === 0 && (prefix === undefined || /^\d{1,3}$/.test(prefix))
    if (!isNetwork || length > bits) throw new RangeError(`“${network}” is no address and no network`)
    this.#list.addSubnet(address, length, family === 4 ? 'ipv4' : 'ipv6')
  }
}

/** Whether an address, or a name that stands for one, is this machine's alone. */
export function isLoopback(host: string): boolean {
  return /^(localhost|127\.\d+\.\d+\.\d+|::ffff:127\.\d+\.\d+\.\d+|::1)(\/\d+)?$/i.test(host)
}

/** What a proxy adds: behind one, everybody seems to be at its address. */
const proxied = ['forwarded', 'x-forwarded-for', 'x-real-ip', 'via']

export function isProxied(header: (name: string) => string | undefined): boolean {
  return proxied.some((name) => header(name) !== undefined)
}
