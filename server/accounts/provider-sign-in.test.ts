import { expect, it } from 'vitest'
import { ownPath } from './provider-sign-in.ts'

it.each([
  ['/', '/'],
  ['/audit?result=refused&lang=en', '/audit?result=refused&lang=en'],
  ['/?area=990101001', '/?area=990101001'],
  ['https://example.org/', '/'],
  ['//example.org/', '/'],
  ['/\\example.org/', '/'],
  ['/\t/example.org', '/'],
  ['/./\t/example.org', '/'],
  ['/.//example.org', '/'],
  ['javascript:alert(1)', '/'],
  ['audit', '/'],
  ['/api/session', '/'],
  ['', '/'],
])('after signing in, %j is %s', (back, path) => {
  expect(ownPath(back)).toBe(path)
})
