import { z } from '@hono/zod-openapi'
import { PairingState, WaitingWall, WallDevice, WallDeviceName, WallPairing } from '@minqing/data/domain/wall-device'
import { json, problems } from '../../http/responses.ts'
import { defineRoute } from '../../http/route-access.ts'
import { createRouter } from '../../http/router.ts'
import { setWallCookie } from '../../http/session-cookie.ts'
import { jsonBody, limitBody } from '../../http/small-body.ts'
import type { ReadSource } from '../../store/scope.ts'
import type { AccountService } from '../account-service.ts'
import { actingOf, clientOf, fresh, gone, noQuery, openedService } from '../parameters.ts'
import { listWallDevices, removeWallDevice, renameWallDevice } from './devices.ts'
import { beginPairing, claimPairing, confirmPairing, findWaiting, refusePairing } from './pairing.ts'

const tags = ['walls']
const Code = z.string().min(1).max(40).openapi({ example: 'BCDF-GHJK' })
const Id = z.strictObject({ id: z.uuid() })

const routes = {
  begin: defineRoute({
    access: 'public',
    method: 'post',
    path: '/wall/pairing',
    tags,
    summary: 'A screen asks to be paired: the code that it shows, and the secret that it asks with',
    request: { query: noQuery },
    responses: { 200: json(WallPairing, 'Good for ten minutes'), ...problems },
  }),
  claim: defineRoute({
    access: 'public',
    method: 'post',
    path: '/wall/pairing/claim',
    tags,
    summary: 'What has become of it; once it is confirmed, the answer sets the cookie of the screen',
    request: { query: noQuery, ...jsonBody(z.strictObject({ secret: z.string().min(1).max(100) })) },
    responses: { 200: json(z.object({ state: PairingState }), 'Whether the screen is paired'), ...problems },
  }),
  find: defineRoute({
    access: { action: 'pair', object: 'wall_device' },
    method: 'post',
    path: '/walls/pairing',
    tags,
    summary: 'The screen that shows a code',
    request: { query: noQuery, ...jsonBody(z.strictObject({ code: Code })) },
    responses: { 200: json(WaitingWall, 'What asks to be paired'), ...problems },
  }),
  refuse: defineRoute({
    access: { action: 'pair', object: 'wall_device' },
    method: 'post',
    path: '/walls/pairing/refuse',
    tags,
    summary: 'Refuses the screen that shows a code',
    request: { query: noQuery, ...jsonBody(z.strictObject({ code: Code })) },
    responses: gone,
  }),
  confirm: defineRoute({
    access: { action: 'pair', object: 'wall_device' },
    method: 'post',
    path: '/walls',
    tags,
    summary: 'Pairs the screen that shows a code, for an area within the own ones',
    request: { query: noQuery, ...jsonBody(z.strictObject({ code: Code, name: WallDeviceName, area: z.string() })) },
    responses: { 201: json(z.object({ id: z.uuid() }), 'The device'), ...problems },
  }),
  list: defineRoute({
    access: { action: 'read', object: 'wall_device' },
    method: 'get',
    path: '/walls',
    tags,
    summary: 'The screens of the own areas that are paired',
    request: { query: noQuery },
    responses: { 200: json(z.object({ walls: z.array(WallDevice) }), 'By name'), ...problems },
  }),
  rename: defineRoute({
    access: { action: 'change', object: 'wall_device' },
    method: 'put',
    path: '/walls/{id}',
    tags,
    summary: 'Renames a screen',
    request: { query: noQuery, params: Id, ...jsonBody(z.strictObject({ name: WallDeviceName })) },
    responses: gone,
  }),
  remove: defineRoute({
    access: { action: 'remove', object: 'wall_device' },
    method: 'delete',
    path: '/walls/{id}',
    tags,
    summary: 'Ends the pairing of a screen: it shows a code again',
    request: { query: noQuery, params: Id },
    responses: gone,
  }),
}

/** Screens that show the wall without a person, and how they are paired (in the manner of RFC 8628). */
export function wallDeviceRoutes(service: AccountService | undefined, readFrom: ReadSource) {
  const opened = () => openedService(service)
  const router = createRouter()
  for (const path of ['/wall/pairing', '/wall/pairing/*', '/walls', '/walls/*']) router.use(path, limitBody())
  return router
    .openapi(routes.begin, async (c) => c.json(await beginPairing(opened().accounts, clientOf(c)), 200, fresh))
    .openapi(routes.claim, async (c) => {
      const { accounts, proxies } = opened()
      const { state, token } = await claimPairing(accounts, c.req.valid('json').secret)
      if (token !== undefined) setWallCookie(c, proxies, token)
      return c.json({ state }, 200, fresh)
    })
    .openapi(routes.find, async (c) => {
      const { code } = c.req.valid('json')
      return c.json(await findWaiting(opened().accounts, actingOf(c), code), 200, fresh)
    })
    .openapi(routes.refuse, async (c) => {
      await refusePairing(opened().accounts, actingOf(c), c.req.valid('json').code)
      return c.body(null, 204, fresh)
    })
    .openapi(routes.confirm, async (c) => {
      const id = await confirmPairing(opened().accounts, actingOf(c), c.req.valid('json'))
      return c.json({ id }, 201, fresh)
    })
    .openapi(routes.list, async (c) => {
      if (service === undefined) return c.json({ walls: [] }, 200, fresh)
      const walls = await listWallDevices(service.accounts.database, readFrom, actingOf(c))
      return c.json({ walls }, 200, fresh)
    })
    .openapi(routes.rename, async (c) => {
      const { database } = opened().accounts
      await renameWallDevice(database, actingOf(c), c.req.valid('param').id, c.req.valid('json').name)
      return c.body(null, 204, fresh)
    })
    .openapi(routes.remove, async (c) => {
      await removeWallDevice(opened().accounts.database, actingOf(c), c.req.valid('param').id)
      return c.body(null, 204, fresh)
    })
}
