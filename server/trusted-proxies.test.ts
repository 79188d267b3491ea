import { expect, test } from 'vitest'
import { TrustedProxies } from './trusted-proxies.ts'

const proxies = new TrustedProxies(['192.0.2.0/24', '2001:db8::5'])
const asked = (connected: string, headers: Record<string, string>) =>
  proxies.clientOf(connected, (name) => new Map(Object.entries(headers)).get(name))

test.each(['x-forwarded-for', 'forwarded', 'via', 'x-real-ip'])(
  'a client that sends %s itself stays who it is',
  (name) => {
    expect(asked('198.51.100.7', { [name]: '203.0.113.9' })).toBe('198.51.100.7')
    expect(asked('::ffff:198.51.100.7', { [name]: '203.0.113.9' })).toBe('::ffff:198.51.100.7')
  },
)

test.each(['127.0.0.1', '::1', '::ffff:127.0.0.1', '192.0.2.17', '::ffff:192.0.2.17', '2001:db8::5'])(
  'the proxy at %s is believed',
  (proxy) => {
    expect(asked(proxy, { 'x-forwarded-for': '198.51.100.7' })).toBe('198.51.100.7')
    expect(asked(proxy, { 'x-forwarded-for': '2001:db8::9' })).toBe('2001:db8::9')
    expect(asked(proxy, {})).toBe(proxy)
  },
)

test('what a client wrote before its proxy did is not believed', () => {
  expect(asked('127.0.0.1', { 'x-forwarded-for': '203.0.113.1, 198.51.100.7, 192.0.2.17' })).toBe('198.51.100.7')
  expect(asked('127.0.0.1', { 'x-forwarded-for': '203.0.113.1, unknown' })).toBeUndefined()
})

test('a proxy that does not say for whom it asks may ask for many', () => {
  expect(asked('127.0.0.1', { via: '1.1 proxy' })).toBeUndefined()
  expect(asked('127.0.0.1', { 'x-forwarded-for': '127.0.0.1' })).toBeUndefined()
})

test.each(['', 'all', '10.0.0', '10.0.0.0/33', '10.0.0.0/', '10.0.0.0/8/8', 'fd00::/129', '10.0.0.0/-1'])(
  '“%s” is no address and no network',
  (network) => {
    expect(() => new TrustedProxies([network])).toThrow(RangeError)
  },
)

test('whether somebody else than the loopback is named', () => {
  expect(proxies.namesOthers).toBe(true)
  expect(new TrustedProxies().namesOthers).toBe(false)
  expect(new TrustedProxies(['127.0.0.1', '127.0.0.0/8', '::1']).namesOthers).toBe(false)
})
