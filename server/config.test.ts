import { join } from 'node:path'
import { expect, test } from 'vitest'
import { defaultHosts } from './allowed-hosts.ts'
import { readConfig, repositoryRoot } from './config.ts'
import { TrustedProxies } from './trusted-proxies.ts'

test('without anything it listens on the loopback address and uses .minqing', () => {
  expect(readConfig({})).toEqual({
    port: 8787,
    host: '127.0.0.1',
    databaseUrl: undefined,
    replicaUrls: [],
    proxies: new TrustedProxies(),
    hosts: defaultHosts('127.0.0.1'),
    tls: undefined,
    dataDirectory: join(repositoryRoot, '.minqing'),
    asOf: undefined,
    signIn: true,
    provider: undefined,
    imports: { limit: 2_000_000_000, quota: 10_000_000_000 },
    wallContacts: true,
  })
})

test('the wall names no worker on duty where that is switched off', () => {
  expect(readConfig({ WALL_CONTACTS: 'off' }).wallContacts).toBe(false)
  expect(() => readConfig({ WALL_CONTACTS: 'no' })).toThrow(/WALL_CONTACTS/)
})

test('an empty variable is as good as none', () => {
  expect(readConfig({ PORT: '', HOST: '', DATABASE_URL: '' })).toMatchObject({ port: 8787, databaseUrl: undefined })
})

test('a directory is meant from where the person stands', () => {
  expect(readConfig({ INIT_CWD: '/home/li' }, { 'data-dir': 'data' }).dataDirectory).toBe('/home/li/data')
  expect(readConfig({}, { 'data-dir': '/srv/minqing' }, '/home/li').dataDirectory).toBe('/srv/minqing')
})

test('replicas are a list', () => {
  const environment = { DATABASE_URL: 'postgres://a/x', DATABASE_REPLICA_URL: 'postgres://b/x, postgres://c/x' }
  expect(readConfig(environment).replicaUrls).toEqual(['postgres://b/x', 'postgres://c/x'])
})

test('hosts are a list of names and addresses without ports', () => {
  const { hosts } = readConfig({ ALLOWED_HOSTS: 'map.example.cn, 192.0.2.7, fd00::7' })
  for (const host of ['map.example.cn', '192.0.2.7:8787', '[fd00::7]:8787'])
    expect(hosts.allows(host, undefined)).toBe(true)
  expect(() => readConfig({ ALLOWED_HOSTS: 'https://map.example.cn' })).toThrow(/ALLOWED_HOSTS/)
})

test('a certificate goes with its key, from where the person stands', () => {
  const given = { TLS_CERT: 'map.pem', TLS_KEY: '/etc/map.key', INIT_CWD: '/home/li' }
  expect(readConfig(given).tls).toEqual({ cert: '/home/li/map.pem', key: '/etc/map.key' })
  expect(() => readConfig({ TLS_CERT: 'map.pem' })).toThrow(/TLS_KEY/)
  expect(() => readConfig({ TLS_KEY: 'map.key' })).toThrow(/TLS_CERT/)
})

test('proxies are a list of addresses and networks', () => {
  const { proxies } = readConfig({ TRUST_PROXY: '10.1.1.1, 10.2.0.0/16,fd00::/8' })
  expect(['127.0.0.1', '10.1.1.1', '10.2.3.4', 'fd00::1'].every((address) => proxies.has(address))).toBe(true)
  expect(['10.1.1.2', '10.3.0.1', 'fe00::1', ''].some((address) => proxies.has(address))).toBe(false)
})

test('a time requires a UTC offset', () => {
  expect(readConfig({}, { 'as-of': '2026-11-21T08:00:00+08:00' }).asOf).toEqual(new Date('2026-11-21T00:00:00Z'))
  expect(() => readConfig({}, { 'as-of': '2026-11-21T08:00:00' })).toThrow('--as-of')
})

test.each([
  [{ PORT: 'http' }, 'PORT'],
  [{ PORT: '99999' }, 'PORT'],
  [{ DATABASE_URL: 'mysql://root:geheim@localhost/x' }, 'DATABASE_URL'],
  [{ DATABASE_URL: 'postgres://a/x', DATABASE_REPLICA_URL: 'postgres://b/x,http://geheim' }, 'DATABASE_REPLICA_URL'],
  [{ TRUST_PROXY: '10.1.1.1,geheim' }, 'TRUST_PROXY'],
  [{ TRUST_PROXY: '10.0.0.0/33' }, 'TRUST_PROXY'],
  [{ TRUST_PROXY: 'all' }, 'TRUST_PROXY'],
  [{ DATABASE_REPLICA_URL: 'postgres://u:geheim@b/x' }, 'DATABASE_REPLICA_URL'],
])('%j is refused by the name of its variable, without its value', (environment, name) => {
  expect(() => readConfig(environment)).toThrow(name)
  expect(() => readConfig(environment)).not.toThrow('geheim')
})

test('people have to sign in where it is switched on', () => {
  expect(readConfig({ SIGN_IN: 'on' }).signIn).toBe(true)
  expect(() => readConfig({ SIGN_IN: 'yes' })).toThrow('SIGN_IN')
})

test('a sign-on of the centre needs https, but on this machine, and the id of the client', () => {
  const given = { OIDC_ISSUER: 'https://id.example.org/realms/centre', OIDC_CLIENT_ID: 'minqing' }
  expect(readConfig({ ...given, OIDC_SECOND_FACTOR: 'claim' }).provider).toEqual({
    issuer: new URL('https://id.example.org/realms/centre'),
    clientId: 'minqing',
    clientSecret: undefined,
    name: '统一登录',
    loginClaim: 'preferred_username',
    trustsSecondFactor: true,
  })
  expect(readConfig({ ...given, OIDC_ISSUER: 'http://127.0.0.1:4000' }).provider?.trustsSecondFactor).toBe(false)
  for (const issuer of ['http://id.example.org', 'http://127.0.0.1.example.org', 'id.example.org', 'ftp://127.0.0.1'])
    expect(() => readConfig({ ...given, OIDC_ISSUER: issuer }), issuer).toThrow(/OIDC_ISSUER/)
  expect(() => readConfig({ OIDC_ISSUER: given.OIDC_ISSUER })).toThrow(/OIDC_CLIENT_ID/)
})
