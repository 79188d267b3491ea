import { Secret } from 'otpauth'
import { expect, test } from 'vitest'
import { codeAt, enrolmentUri, makeSecret, stepOfCode } from './second-factor.ts'

/** RFC 6238, appendix B; the codes are the last six of its eight digits. */
const secret = Secret.fromUTF8('12345678901234567890').base32
const vectors: [seconds: number, code: string][] = [
  [59, '287082'],
  [1_111_111_109, '081804'],
  [1_111_111_111, '050471'],
  [1_234_567_890, '005924'],
  [2_000_000_000, '279037'],
]
const at = (seconds: number) => new Date(seconds * 1000)

test.each(vectors)('at %i seconds the code is %s', (seconds, code) => {
  expect(codeAt(secret, at(seconds))).toBe(code)
  expect(stepOfCode(secret, code, at(seconds), 0)).toBe(Math.floor(seconds / 30))
})

test('a code is good for a step before and after its own, and once', () => {
  const [seconds, code] = vectors[1]!
  const step = Math.floor(seconds / 30)
  for (const moved of [-30, 0, 30]) expect(stepOfCode(secret, code, at(seconds + moved), 0)).toBe(step)
  for (const moved of [-60, 60]) expect(stepOfCode(secret, code, at(seconds + moved), 0)).toBeUndefined()
  expect(stepOfCode(secret, code, at(seconds), step)).toBeUndefined()
  for (const wrong of ['', '081805', 'abcdef', '0818040'])
    expect(stepOfCode(secret, wrong, at(seconds), 0)).toBe(undefined)
})

test('an app is given issuer, name and secret', () => {
  const made = makeSecret()
  const uri = new URL(enrolmentUri(made, '李明'))
  expect([uri.protocol, uri.searchParams.get('secret'), uri.searchParams.get('issuer')]).toEqual([
    'otpauth:',
    made,
    'Minqing',
  ])
  expect(decodeURIComponent(uri.pathname)).toContain('李明')
  expect(made).toHaveLength(32)
  expect(makeSecret()).not.toBe(made)
})
