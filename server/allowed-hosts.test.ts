import { hostname, networkInterfaces } from 'node:os'
import { expect, test } from 'vitest'
import { AllowedHosts, defaultHosts, namesLoopback } from './allowed-hosts.ts'

const named = new AllowedHosts(['Map.Example.cn', '192.0.2.7', 'fd00::7'])

test.each([
  'map.example.cn',
  'MAP.EXAMPLE.CN:8787',
  '192.0.2.7:80',
  '[fd00::7]:443',
  'localhost:1',
  '127.0.0.1',
  '[::1]',
])('%s is this server', (host) => {
  expect(named.allows(host, undefined)).toBe(true)
  expect(named.allows('localhost', host)).toBe(true)
})

test.each([
  'example.cn',
  'a.map.example.cn',
  'map.example.cn.evil.example',
  '192.0.2.8',
  'localhost.evil.example',
  '',
  ':80',
])('“%s” is not', (host) => {
  expect(named.allows(host, undefined)).toBe(false)
  expect(named.allows('localhost', host)).toBe(false)
  expect(named.allows('localhost', `localhost, ${host}`)).toBe(false)
})

test('without a list it is the machine by its name and all its addresses, and no other', () => {
  const hosts = defaultHosts('0.0.0.0')
  expect(hosts.allows(`${hostname()}:8787`, undefined)).toBe(true)
  for (const own of Object.values(networkInterfaces()).flatMap((found) => found ?? []))
    expect(hosts.allows(own.family === 'IPv6' ? `[${own.address}]` : own.address, undefined)).toBe(true)
  expect(hosts.allows('192.0.2.1', undefined)).toBe(false)
  expect(hosts.allows('rebound.example', undefined)).toBe(false)
  // A list says all.
  expect(new AllowedHosts(['map.example.cn']).allows(hostname(), undefined)).toBe(hostname() === 'localhost')
})

test('names of the loopback', () => {
  for (const host of ['localhost:8787', '127.0.0.1:1', '[::1]']) expect(namesLoopback(host)).toBe(true)
  for (const host of ['map.example.cn', '192.0.2.7:80', 'localhost.example']) expect(namesLoopback(host)).toBe(false)
})
