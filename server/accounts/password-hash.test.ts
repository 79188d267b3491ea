import { expect, test } from 'vitest'
import { PasswordHashes } from './password-hash.ts'

const hashes = new PasswordHashes()

test('verifies the vector of the reference implementation', async () => {
  // phc-winner-argon2, src/test.c: argon2id, version 19, t = 2, m = 2^16, p = 1.
  const vector = '$argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc'
  expect(await hashes.verify('password', vector)).toBe(true)
  expect(await hashes.verify('passwore', vector)).toBe(false)
})

test('a password has another hash each time, with the parameters of OWASP', async () => {
  const [one, other] = [await hashes.hash('Tide-71-lamp'), await hashes.hash('Tide-71-lamp')]
  expect(one).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$[\w+/]{22}\$[\w+/]{43}$/)
  expect(one).not.toBe(other)
  expect(await hashes.verify('Tide-71-lamp', one)).toBe(true)
  expect(await hashes.verify('Tide-71-lamp ', one)).toBe(false)
})

test('nothing is the password of nobody, and a damaged hash is an error that does not repeat it', async () => {
  expect(await hashes.verify('Tide-71-lamp', undefined)).toBe(false)
  await expect(hashes.verify('x', '$2b$10$abc')).rejects.toThrow(/^a stored password is no PHC string/)
})

test('whoever comes when too many wait is refused', async () => {
  const narrow = new PasswordHashes({ slots: 1, queue: 0, wait: 10 })
  const first = narrow.verify('x', undefined)
  await expect(narrow.verify('x', undefined)).rejects.toMatchObject({ code: 'busy' })
  expect(await first).toBe(false)
})
