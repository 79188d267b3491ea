import { ProblemError } from '@minqing/data/domain/problem'
import { OpenAPIHono } from '@hono/zod-openapi'
import type { RoleName } from '@minqing/data/domain/role'
import { expect, test } from 'vitest'
import { actorAs } from '../access/actor.ts'
import { everybodyIs, resolveActor } from './resolve-actor.ts'
import { declareAccess, declaredRoutes, defineRoute } from './route-access.ts'

const responses = { 200: { description: 'It is there' } }

test('a route that does not say what it does is found, also where it says so after it has answered', () => {
  const declaring = new OpenAPIHono().get('/a', declareAccess('public'), (c) => c.text('a'))
  expect(declaredRoutes(declaring)).toEqual([{ method: 'GET', path: '/a', access: 'public' }])
  const mute = new OpenAPIHono().route(
    '/api',
    new OpenAPIHono().get('/b', (c) => c.text('b')),
  )
  expect(() => declaredRoutes(mute)).toThrow('GET /api/b does not say what it does')
  const late = new OpenAPIHono().get('/c', (c) => c.text('c'))
  late.get('/c', declareAccess('public'))
  expect(() => declaredRoutes(late)).toThrow('GET /c does not say what it does')
})

test('defineRoute takes no route without access', () => {
  // @ts-expect-error what it does is missing
  expect(() => defineRoute({ method: 'get', path: '/a', responses })).not.toThrow()
  const route = defineRoute({ access: 'public', method: 'get', path: '/a', responses })
  const document = new OpenAPIHono()
    .openapi(route, (c) => c.text('a', 200))
    .getOpenAPIDocument({ openapi: '3.0.3', info: { title: '', version: '' } })
  expect(document.paths['/a']?.get).toEqual({ responses })
})

test('a route is refused before anything of it is run, to whoever may not what it or its parameters name', async () => {
  let answered = 0
  const ask = async (role: RoleName, path: string) => {
    const asked = new OpenAPIHono()
    asked.onError((error, c) => c.text(error instanceof ProblemError ? error.code : String(error), 403))
    asked.use(resolveActor(everybodyIs(actorAs({}, role, ['all']))))
    const answer = (c: { text: (text: string) => Response }) => {
      answered += 1
      return c.text('answered')
    }
    const named = declareAccess(({ name }) => ({ action: 'read', object: name === 'people' ? 'resident' : 'area' }))
    asked.get('/audit', declareAccess({ action: 'read', object: 'audit' }), answer)
    asked.get('/things/:name', named, answer)
    return (await asked.request(path)).text()
  }
  expect(await ask('centre_lead', '/audit')).toBe('forbidden')
  expect(await ask('auditor', '/things/people')).toBe('forbidden')
  expect(answered).toBe(0)
  expect(await ask('auditor', '/audit')).toBe('answered')
  expect(await ask('auditor', '/things/outlines')).toBe('answered')
})
