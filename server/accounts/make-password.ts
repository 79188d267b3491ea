import { randomInt } from 'node:crypto'
import { passwordFault } from '@minqing/data/domain/password'

/** Without characters that look alike. */
const characters = 'abcdefghjkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789'

/** A first password, which its owner replaces: three groups of five, 86 bits, within the rules. */
export function makePassword(login: string): string {
  const group = () => Array.from({ length: 5 }, () => characters[randomInt(characters.length)]).join('')
  const password = [group(), group(), group()].join('-')
  return passwordFault(password, login) === undefined ? password : makePassword(login)
}
