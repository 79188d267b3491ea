import { afterAll, beforeAll, expect, it } from 'vitest'
import { startIdentityProvider, type TestProvider } from '../setup/identity-provider.ts'
import type { Product } from '../setup/start-product.ts'
import { countShown, parametersOf, plainPath } from './drivers/map-page.ts'
import { violationsOf } from './drivers/screen.ts'
import { accountMenu } from './drivers/sign-in-page.ts'
import { People } from './world/people.ts'
import { useScreens } from './world/screens.ts'
import { startSite, testTime } from './world/site.ts'

let site: Product
let people: People
let idp: TestProvider
const open = useScreens(() => site.address)
const community = '990101001002'

beforeAll(async () => {
  idp = await startIdentityProvider([
    { subject: 's-1', login: 'linan' },
    { subject: 's-2', login: 'nobody' },
  ])
  site = await startSite(testTime, {
    SIGN_IN: 'on',
    OIDC_ISSUER: idp.issuer,
    OIDC_CLIENT_ID: idp.clientId,
    OIDC_CLIENT_SECRET: idp.clientSecret,
    OIDC_NAME: '区统一身份认证',
  })
  idp.admit(`${site.address}/api/session/oidc/callback`)
  people = await People.of(site)
  await people.add({ login: 'linan', name: '林安', roles: ['community'], area: community })
}, 300_000)

afterAll(async () => {
  await people.close()
  await site.stop()
  await idp.close()
})

it('signs in through the centre’s own sign-on, and shows exactly the area of the account', async () => {
  const { page, forgive } = await open({ path: plainPath('lang=zh'), withoutMap: true, width: 1280, height: 900 })
  forgive(/\b40[13]\b/)
  // Its page stands on another port, and has no icon.
  forgive(/left the origin/)
  forgive(/favicon/)
  const link = page.getByRole('link', { name: '使用“区统一身份认证”登录' })
  await link.waitFor()
  for (const colorScheme of ['dark', 'light'] as const) {
    await page.emulateMedia({ colorScheme })
    expect(await violationsOf(page), colorScheme).toBe('')
  }
  await link.press('Enter')
  await page.getByLabel('User').fill('nobody')
  await page.keyboard.press('Enter')
  await page.getByRole('heading', { name: /未能登录|could not be signed in/ }).waitFor()
  expect(await page.innerText('body')).not.toContain('nobody')

  await page.context().clearCookies()
  await page.goto(`${site.address}${plainPath('lang=zh')}`)
  await link.press('Enter')
  await page.getByLabel('User').fill('linan')
  await page.keyboard.press('Enter')
  await accountMenu(page).waitFor()
  expect(await accountMenu(page).innerText()).toContain('林安')
  expect(parametersOf(page).get('lang')).toBe('zh')
  const shown = await countShown(page)
  const inArea = await people.countIncidents(community)
  expect(inArea).toBeGreaterThan(0)
  expect(shown).toBe(inArea)
})
