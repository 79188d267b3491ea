import type { IncidentSummary, SearchHit } from '@minqing/data/domain/summary'
import type { ImportSession } from '@minqing/data/domain/import'
import { expect, expectTypeOf, test } from 'vitest'
import { addressOf, get } from '../api/fetch.ts'
import type { Answer, Input, Item } from './api.ts'

// The compiler is the test: `tsc` fails where one of these no longer holds, and where an expected error does not come.

test('an answer has the fields that the server’s route gives, under its names', () => {
  expectTypeOf<Answer<'/api/search'>>().toEqualTypeOf<{ hits: SearchHit[] }>()
  expectTypeOf<Answer<'/api/summary'>>().toExtend<IncidentSummary>()
  expectTypeOf<Answer<'/api/imports/:id/run', '$post'>>().toExtend<ImportSession>()
  expectTypeOf<Item<'grids'>['properties']['gridType']>().toEqualTypeOf<'basic' | 'dedicated' | null>()
  expect(addressOf('/api/areas/:code', { param: { code: '990101001' } })).toBe('/api/areas/990101001')
})

test('a field under another name does not compile', () => {
  const search = () => get('/api/search', { query: { q: '河畔' } })
  expectTypeOf<Awaited<ReturnType<typeof search>>>().toHaveProperty('hits')
  // @ts-expect-error the server calls them hits
  const renamed = async () => (await search()).results
  expect(renamed).toBeTypeOf('function')
  // @ts-expect-error a collection that the server does not have
  expectTypeOf<Item<'houses'>['properties']>().toBeObject()
})

test('a path or a parameter under another name does not compile', () => {
  expectTypeOf<{ query: { q: string; lang?: 'zh' | 'en' } }>().toExtend<Input<'/api/search'>>()
  // @ts-expect-error there is no such path
  const elsewhere = () => get('/api/find', { query: { q: '河畔' } })
  // @ts-expect-error the parameter is called q
  const otherwise = () => get('/api/search', { query: { words: '河畔' } })
  // @ts-expect-error the path names an area
  const nowhere = () => get('/api/areas/:code', {})
  for (const request of [elsewhere, otherwise, nowhere]) expect(request).toBeTypeOf('function')
})
