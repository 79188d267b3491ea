import type { WallPicture } from '@minqing/data/domain/wall'
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { Product } from '../setup/start-product.ts'
import { countShown } from './drivers/map-page.ts'
import { type Page, violationsOf } from './drivers/screen.ts'
import { useScreens } from './world/screens.ts'
import { startSite, testTime } from './world/site.ts'

let site: Product
beforeAll(async () => {
  site = await startSite(testTime)
})
afterAll(() => site.stop())

const open = useScreens(() => site.address)

type Hand = { page: Page; forgive: (pattern: RegExp) => void }

/** A page of its own for a role of the demo. */
async function handOf(role: string): Promise<Hand> {
  const { page, forgive } = await open({ path: '/me', width: 1280, height: 900, withoutMap: true })
  const response = await page.request.put(`${site.address}/api/session`, { data: { role } })
  expect(response.status()).toBe(200)
  return { page, forgive }
}

async function openCase({ page }: Hand, number: string): Promise<void> {
  await page.goto(`${site.address}/?selected=incident:${street}-${number}`, { waitUntil: 'commit' })
  await page.getByRole('heading', { name: '办理', exact: true }).waitFor()
}

/** Takes a step from the card, with what its form asks for. */
async function take({ page }: Hand, step: string, entered: Record<string, string> = {}): Promise<void> {
  await page.getByRole('button', { name: step, exact: true }).click()
  const form = page.getByRole('form', { name: step, exact: true })
  for (const [label, value] of Object.entries(entered)) {
    const field = form.getByLabel(label, { exact: true })
    const isChoice = await field.evaluate((element) => element.tagName === 'SELECT')
    await (isChoice ? field.selectOption({ label: value }) : field.fill(value))
  }
  await form.getByRole('button', { name: `确认${step}`, exact: true }).click()
  const taken = page.getByText(`已办理：${step}`, { exact: true })
  await taken.or(form.getByRole('alert')).waitFor()
  expect(
    await form.count(),
    await page
      .locator('form')
      .allInnerTexts()
      .then((all) => all.join(' ')),
  ).toBe(0)
}

async function register({ page }: Hand, text: string, place: string, name: string): Promise<string> {
  await page.goto(`${site.address}/intake`, { waitUntil: 'commit' })
  await page.getByLabel('反映事由').fill(text)
  await page.getByLabel('发生地点').fill(place)
  await page.getByLabel('来访人姓名').fill(name)
  await page.getByLabel('联系电话').fill('13800000000')
  await page.getByRole('button', { name: /^登记/ }).click()
  const done = page.getByText(/^已(受理|登记)：\d{8}-\d{5}$/)
  return (await done.innerText()).replace(/^.*：/, '')
}

async function addParty({ page }: Hand, side: string, name: string, isOrganisation = false): Promise<void> {
  await page.getByRole('button', { name: '增加当事人', exact: true }).click()
  const form = page.getByRole('form', { name: '增加当事人' })
  await form.getByLabel('地位').selectOption({ label: side })
  await form.getByLabel('姓名或名称').fill(name)
  if (isOrganisation) await form.getByLabel('是单位').check()
  await form.getByRole('button', { name: '保存' }).click()
  await form.waitFor({ state: 'detached' })
}

let street = ''

it('a fire harms seven households: reported three times, merged, mediated at two levels, agreed, closed, relapsed, closed again and rated', async () => {
  const lead = await handOf('centre_lead')
  const worker = await handOf('grid_worker')
  const officer = await handOf('duty_officer')
  const mediator = await handOf('mediator')
  const community = await handOf('community')
  const department = await handOf('department')
  // Somewhere in the grid of the worker.
  const items = await worker.page.request.get(`${site.address}/api/collections/buildings/items?limit=1`, {
    headers: { accept: 'application/geo+json' },
  })
  const { features } = (await items.json()) as { features: { properties: { code: string; address: string } }[] }
  const { code, address } = features[0]!.properties
  street = code.slice(0, 9)

  // Whoever watches the map sees what follows.
  const watcher = await open({ path: '/', width: 1280, height: 900, withoutMap: true })
  await expect.poll(() => countShown(watcher.page)).toBeGreaterThan(0)
  const before = await countShown(watcher.page)

  const wall = await open({ path: '/wall?tour=off', width: 1920, height: 1080, withoutMap: true })
  const pictures: WallPicture[] = []
  wall.page.on('response', async (response) => {
    if (new URL(response.url()).pathname === '/api/wall') pictures.push((await response.json()) as WallPicture)
  })
  await expect.poll(() => pictures.length).toBeGreaterThan(0)
  const openBefore = pictures.at(-1)!.open

  const main = await register(officer, '楼下小吃店起火，烧坏我家厨房，楼上七户受损，要求赔偿。', address, '王一')
  const receipt = await officer.page.getByText(/^([0-9A-Z]{4}-){6}[0-9A-Z]{2}$/).innerText()
  const second = await register(worker, '巡查发现小吃店失火，过火面积不大，多户墙面熏黑。', address, '李二')
  const hotline = await officer.page.request.post(`${site.address}/api/intake/hotline_12345`, {
    headers: { 'idempotency-key': 'order-20261121-001' },
    data: { text: '市民来电：小吃店着火殃及居民。', address, reporter: { name: '赵三', phone: '13900000000' } },
  })
  const third = ((await hotline.json()) as { number: string }).number
  await expect.poll(() => countShown(watcher.page)).toBe(before + 3)
  await expect.poll(() => pictures.at(-1)!.open).toBe(openBefore + 3)

  for (const duplicate of [second, third]) {
    await openCase(officer, duplicate)
    await officer.page.getByRole('button', { name: '并入其他事件', exact: true }).click()
    const form = officer.page.getByRole('form', { name: '并入其他事件' })
    await form.getByLabel('并入的事件编号').fill(main)
    await form.getByLabel('合并理由').fill('同一起火灾')
    await form.getByRole('button', { name: '保存' }).click()
    await officer.page.getByRole('link', { name: `已并入 ${main}` }).waitFor()
  }
  await expect.poll(() => countShown(watcher.page)).toBe(before + 1)
  await expect.poll(() => pictures.at(-1)!.open).toBe(openBefore + 1)

  await openCase(officer, main)
  await officer.page.getByText(`随 ${third} 并入`).waitFor()
  await addParty(officer, '被申请人', '好运小吃店', true)
  for (const name of ['陈四', '周五', '吴六', '郑七']) await addParty(officer, '申请人', name)
  await take(officer, '立案研判', { 类型: '损害赔偿', 风险等级: '较大', 紧急程度: '紧急', 涉及人数: '21' })
  await take(officer, '交办', { 承办单位: '社区人民调解委员会' })
  expect(await violationsOf(officer.page)).toBe('')

  await openCase(mediator, main)
  await take(mediator, '签收')
  await take(mediator, '调解', { 调解方式: '人民调解', 办理意见: '社区主持首次调解，赔偿数额分歧较大。' })
  await take(mediator, '提级调处', { 理由: '涉及多户，社区调解未果', 承办单位: '街道人民调解委员会' })

  await openCase(department, main)
  await take(department, '签收')
  await openCase(officer, main)
  await take(officer, '联合处置', { 牵头单位: '街道司法所', 参与单位: '街道司法所、派出所、律师事务所' })
  // The card that is open elsewhere follows.
  await department.page.getByText('承办：街道司法所').waitFor()
  await take(department, '调解', { 调解方式: '联合调解', 办理意见: '三所联动，逐户核定损失。' })

  await department.page.getByRole('button', { name: '登记协议', exact: true }).click()
  const agreement = department.page.getByRole('form', { name: '登记协议' })
  expect(await agreement.getByRole('checkbox').count()).toBe(8)
  // The role sees organisations by their name, and people masked.
  await agreement.getByLabel('好运小吃店的履行期限').fill('2026-12-15')
  await agreement.getByLabel('王*的履行期限').fill('2026-12-20')
  await agreement.getByRole('button', { name: '保存' }).click()
  await department.page.getByText('书面协议，8 方签署').waitFor()
  expect(await violationsOf(department.page)).toBe('')
  await take(department, '提请核查', { 化解结果: '达成书面协议' })

  // Whoever worked on it does not verify it.
  department.forgive(/\b(403|409)\b|Failed to load resource/)
  expect(await department.page.getByRole('button', { name: '核查结案', exact: true }).count()).toBe(0)
  await openCase(lead, main)
  await take(lead, '核查结案')
  await take(lead, '开始回访')

  await openCase(community, main)
  await take(community, '回访', { 满意程度: '不满意', 办理意见: '店主尚未支付赔偿。' })
  const breach = community.page.getByRole('button', { name: '登记未履行：好运小吃店' })
  await breach.click()
  await breach.waitFor({ state: 'detached' })
  await take(community, '反弹重办', { 理由: '赔偿未履行' })

  await openCase(officer, main)
  await take(officer, '交办', { 承办单位: '街道人民调解委员会' })
  await openCase(mediator, main)
  await take(mediator, '签收')
  await take(mediator, '记录办理情况', { 办理意见: '督促店主履行，赔偿已支付。' })
  await take(mediator, '提请核查', { 化解结果: '达成书面协议' })
  await openCase(lead, main)
  await take(lead, '核查结案')

  await expect.poll(() => pictures.at(-1)!.open).toBe(openBefore)

  // The reporter, without an account: the page shows steps and units, no names, and takes one rating.
  const reporter = await open({ path: `/r#${receipt}`, width: 390, height: 800, withoutMap: true })
  await reporter.page.getByText('请您评价').waitFor()
  const shown = await reporter.page.locator('main').innerText()
  expect(shown).toMatch(/结案[\s\S]*街道人民调解委员会/)
  expect(shown).not.toMatch(/王一|李二|赵三|小吃店|陈四/)
  expect(await violationsOf(reporter.page)).toBe('')
  await reporter.page.getByRole('button', { name: '满意', exact: true }).click()
  await reporter.page.getByText('已评价：满意').waitFor()
  expect(await countShown(watcher.page)).toBe(before + 1)
})
