import { argon2, randomBytes, randomInt, timingSafeEqual } from 'node:crypto'
import { availableParallelism } from 'node:os'
import { promisify } from 'node:util'
import { passwordFault, preparePassword } from '@minqing/data/domain/password'
import { type SlotLimits, Slots } from '../store/slots.ts'

const derive = promisify(argon2)

type Parameters = { memory: number; passes: number; parallelism: number }

/** OWASP Password Storage Cheat Sheet: Argon2id with 19 MiB, two passes and one lane. */
const present: Parameters = { memory: 19_456, passes: 2, parallelism: 1 }
const nonceBytes = 16
const tagBytes = 32

/**
 * Hashes that are computed at once, and requests that wait for one. A hash takes 50 to 100 ms of a core: a quarter of the
 * cores for half of the time, so that others are answered meanwhile. Whoever waits longer is refused with `busy`.
 */
const limits = { slots: Math.max(1, Math.floor(availableParallelism() / 4)), queue: 64, wait: 10_000 }

/** Of nobody: what is verified where there is no such account, so that it takes as long as where there is. */
const nobody = format(present, randomBytes(nonceBytes), randomBytes(tagBytes))

/** Argon2id in the PHC string format. */
export class PasswordHashes {
  readonly #slots: Slots

  constructor(given: SlotLimits = limits) {
    this.#slots = new Slots(given)
  }

  /** @throws ProblemError `busy` when too many wait already. */
  async hash(password: string): Promise<string> {
    const nonce = randomBytes(nonceBytes)
    return format(present, nonce, await this.#derive(password, nonce, tagBytes, present))
  }

  /**
   * Whether the password is the one that was hashed. Without a hash it takes the same time, and is not.
   *
   * @throws ProblemError `busy` when too many wait already.
   */
  async verify(password: string, hash: string | undefined): Promise<boolean> {
    const { nonce, tag, ...parameters } = parse(hash ?? nobody)
    const found = await this.#derive(password, nonce, tag.length, parameters)
    return timingSafeEqual(found, tag) && hash !== undefined
  }

  async #derive(password: string, nonce: Buffer, tagLength: number, parameters: Parameters): Promise<Buffer> {
    const release = await this.#slots.take()
    const began = performance.now()
    try {
      return await derive('argon2id', { message: preparePassword(password), nonce, tagLength, ...parameters })
    } finally {
      // The slot rests as long as it was used: a flood of attempts takes half of its core at most.
      setTimeout(release, performance.now() - began).unref()
    }
  }
}

function format({ memory, passes, parallelism }: Parameters, nonce: Buffer, tag: Buffer): string {
  const base64 = (bytes: Buffer) => bytes.toString('base64').replaceAll('=', '')
  return `$argon2id$v=19$m=${memory},t=${passes},p=${parallelism}$${base64(nonce)}$${base64(tag)}`
}

const phc = /^\$argon2id\$v=19\$m=(\d+),t=(\d+),p=(\d+)\$([\w+/]+)\$([\w+/]+)$/

/** @throws RangeError for what is no such string, without repeating it. */
function parse(hash: string): Parameters & { nonce: Buffer; tag: Buffer } {
  const [, memory, passes, parallelism, nonce, tag] = phc.exec(hash) ?? []
  if (nonce === undefined || tag === undefined) throw new RangeError('a stored password is no PHC string of Argon2id')
  return {
    memory: Number(memory),
    passes: Number(passes),
    parallelism: Number(parallelism),
    nonce: Buffer.from(nonce, 'base64'),
    tag: Buffer.from(tag, 'base64'),
  }
}

/** Without characters that look alike. */
const characters = 'abcdefghjkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789'

/** A first password, which its owner replaces: three groups of five, 86 bits, within the rules. */
export function makePassword(login: string): string {
  const group = () => Array.from({ length: 5 }, () => characters[randomInt(characters.length)]).join('')
  const password = [group(), group(), group()].join('-')
  return passwordFault(password, login) === undefined ? password : makePassword(login)
}
