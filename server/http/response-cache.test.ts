import { expect, test } from 'vitest'
import { openScope, wallScope } from '../store/scope.ts'
import { addressKey, type AnswerSource, ResponseCache } from './response-cache.ts'

const source = (text: string): AnswerSource => ({
  type: 'application/json',
  route: '/grids',
  access: 'public',
  tag: `W/"${text.slice(0, 9)}"`,
  body: Buffer.from(text),
})
const long = (letter: string) => letter.repeat(5000)

test('an answer that is requested twice at once is made once', async () => {
  const cache = new ResponseCache()
  let made = 0
  const make = async () => source(`made ${(made += 1)}`)
  const both = await Promise.all([1, 2].map(() => cache.provide('/grids', 'identity', ['areas'], make)))
  expect(both.map(({ bodies }) => bodies.identity.toString())).toEqual(['made 1', 'made 1'])
  await cache.provide('/grids', 'identity', ['areas'], make)
  expect(made).toBe(1)
})

test('a change drops what was made from the collection and leaves the rest', async () => {
  const cache = new ResponseCache()
  await cache.provide('/grids', 'identity', ['areas'], async () => source('old'))
  await cache.provide('/tile', 'identity', ['base'], async () => source('tile'))
  cache.drop('areas')
  expect(cache.find('/grids', 'identity')).toBeUndefined()
  expect(cache.find('/tile', 'identity')).toBeDefined()
})

test('what was being made while its collection changed is given to who asked for it and not cached', async () => {
  const cache = new ResponseCache()
  const read = Promise.withResolvers<AnswerSource>()
  const asked = cache.provide('/grids', 'identity', ['areas'], () => read.promise)
  cache.drop('areas')
  const later = cache.provide('/grids', 'identity', ['areas'], async () => source('new'))
  read.resolve(source('old'))
  expect((await asked).bodies.identity.toString()).toBe('old')
  expect((await later).bodies.identity.toString()).toBe('new')
  expect(cache.find('/grids', 'identity')?.bodies.identity.toString()).toBe('new')
})

test('whoever is told of a new version is not given an answer made from the one before', async () => {
  const cache = new ResponseCache()
  cache.reach({ areas: 3, base: 1 })
  await cache.provide('/grids', 'identity', ['areas'], async () => source('old'))
  await cache.provide('/tile', 'identity', ['base'], async () => source('tile'))
  cache.reach({ areas: 3, base: 1 })
  expect(cache.find('/grids', 'identity')).toBeDefined()
  cache.reach({ areas: 4, base: 1 })
  expect(cache.find('/grids', 'identity')).toBeUndefined()
  expect(cache.find('/tile', 'identity')).toBeDefined()
  // The notification that comes later, and versions of a replica that lags behind, remove nothing that is newer.
  await cache.provide('/grids', 'identity', ['areas'], async () => source('new'))
  cache.reach({ areas: 3 })
  expect(cache.find('/grids', 'identity')).toBeDefined()
})

test('a failure is not cached', async () => {
  const cache = new ResponseCache()
  await expect(cache.provide('/grids', 'identity', ['areas'], () => Promise.reject(new Error('away')))).rejects.toThrow(
    'away',
  )
  expect(
    (await cache.provide('/grids', 'identity', ['areas'], async () => source('back'))).bodies.identity.toString(),
  ).toBe('back')
})

test('memory is bounded: the least recently asked for goes first', async () => {
  const cache = new ResponseCache(20_000)
  for (const letter of 'abcd')
    await cache.provide(`/${letter}`, 'identity', ['areas'], async () => source(long(letter)))
  expect(cache.find('/a', 'identity')).toBeUndefined()
  expect(cache.find('/d', 'identity')).toBeDefined()
})

test('an encoding is made when it is first asked for; a small body is not encoded', async () => {
  const cache = new ResponseCache()
  await cache.provide('/large', 'identity', ['areas'], async () => source(long('x')))
  expect(cache.find('/large', 'br')).toBeUndefined()
  const encoded = await cache.provide('/large', 'br', ['areas'], () => Promise.reject(new Error('made twice')))
  expect(encoded.bodies.br!.length).toBeLessThan(100)
  expect(encoded.headers.br).toMatchObject({
    'content-encoding': 'br',
    'content-length': String(encoded.bodies.br!.length),
  })
  const small = await cache.provide('/small', 'gzip', ['areas'], async () => source('tiny'))
  expect(small.headers.gzip).not.toHaveProperty('content-encoding')
})

test('an answer at an address is found only under the role and scope that it was made for', async () => {
  const cache = new ResponseCache()
  const address = 'map.example/api/tiles/buildings/16/1/1.mvt'
  await cache.provide(addressKey(openScope, address), 'identity', ['buildings'], async () => source('all'))
  expect(cache.find(addressKey(openScope, address), 'identity')?.bodies.identity.toString()).toBe('all')
  for (const other of [wallScope, { ...openScope, areas: ['990101001'] }])
    expect(cache.find(addressKey(other, address), 'identity')).toBeUndefined()
})
