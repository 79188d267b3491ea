import { join } from 'node:path'
import { expect, test } from 'vitest'
import { readConfig, repositoryRoot } from './config.ts'

test('without anything it listens on the loopback address and uses .minqing', () => {
  expect(readConfig({})).toEqual({
    port: 8787,
    host: '127.0.0.1',
    databaseUrl: undefined,
    replicaUrls: [],
    dataDirectory: join(repositoryRoot, '.minqing'),
    asOf: undefined,
    imports: { access: 'local', limit: 2_000_000_000, quota: 10_000_000_000 },
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

test('a time requires a UTC offset', () => {
  expect(readConfig({}, { 'as-of': '2026-11-21T08:00:00+08:00' }).asOf).toEqual(new Date('2026-11-21T00:00:00Z'))
  expect(() => readConfig({}, { 'as-of': '2026-11-21T08:00:00' })).toThrow('--as-of')
})

test.each([
  [{ PORT: 'http' }, 'PORT'],
  [{ PORT: '99999' }, 'PORT'],
  [{ DATABASE_URL: 'mysql://root:geheim@localhost/x' }, 'DATABASE_URL'],
  [{ DATABASE_URL: 'postgres://a/x', DATABASE_REPLICA_URL: 'postgres://b/x,http://geheim' }, 'DATABASE_REPLICA_URL'],
  [{ DATABASE_REPLICA_URL: 'postgres://u:geheim@b/x' }, 'DATABASE_REPLICA_URL'],
])('%j is refused by the name of its variable, without its value', (environment, name) => {
  expect(() => readConfig(environment)).toThrow(name)
  expect(() => readConfig(environment)).not.toThrow('geheim')
})
