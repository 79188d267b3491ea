import { expect, it } from 'vitest'
import { metadataMarks, sampleImage, withMetadata } from '../../server/documents/test-images.ts'
import { type Page, violationsOf } from './drivers/screen.ts'
import { useScreens } from './world/screens.ts'

const open = useScreens()

type Named = { streetCode: string; number: string; title: string }

/** A case of a type that is being dealt with. */
async function findCase(page: Page, type: string): Promise<Named> {
  const address = new URL(`/api/collections/incidents/items?status=50&type=${type}&limit=1`, page.url()).href
  const items = await page.request.get(address, { headers: { accept: 'application/geo+json' } })
  const { features } = (await items.json()) as { features: { properties: Named }[] }
  return features[0]!.properties
}

it('opens a case from the map, takes a photograph, shows it as it is stored, and withdraws it', async () => {
  const { page } = await open({ path: '/', width: 1280, height: 900 })
  const { streetCode, number, title } = await findCase(page, 'D14')
  await page.goto(new URL(`/?selected=incident:${streetCode}-${number}`, page.url()).href)
  await page.getByRole('link', { name: '案件详情与材料' }).click()
  await page.getByRole('heading', { name: title }).waitFor()
  expect(new URL(page.url()).pathname).toBe(`/incident/${streetCode}/${number}`)
  expect(await page.getByRole('list', { name: '办理阶段' }).locator('[aria-current=step]').innerText()).toBe('化解缓解')
  await page.getByText('还没有材料。').waitFor()

  const photograph = withMetadata(await sampleImage('jpeg', 600, 400))
  await page
    .locator('input[type=file]')
    .setInputFiles({ name: '楼道现场.jpg', mimeType: 'image/jpeg', buffer: photograph })
  await page.getByText('已上传：楼道现场.jpg').waitFor()
  const asked = page.waitForResponse(/\/documents\/[\w-]{22}$/)
  await page.getByRole('button', { name: '查看“楼道现场.jpg”' }).click()
  const picture = page.getByRole('img', { name: '楼道现场.jpg' })
  await picture.waitFor()
  // It lies on its side in the file, and stands in the page.
  const size = () => picture.evaluate((image: HTMLImageElement) => [image.naturalWidth, image.naturalHeight])
  await expect.poll(size).toEqual([400, 600])
  const stored = await (await asked).body()
  for (const mark of metadataMarks) expect(stored.includes(mark), mark).toBe(false)
  expect(await violationsOf(page)).toBe('')
  await page.emulateMedia({ colorScheme: 'light' })
  expect(await violationsOf(page, 'colours')).toBe('')

  await page.getByRole('button', { name: '撤回“楼道现场.jpg”' }).click()
  const form = page.getByRole('form', { name: '撤回“楼道现场.jpg”' })
  await form.getByLabel('撤回理由').fill('传错案件')
  await form.getByRole('button', { name: '确认撤回' }).click()
  await page.getByText(/已撤回（中心负责人，.*）：传错案件/).waitFor()
  expect(await page.getByRole('button', { name: '查看“楼道现场.jpg”' }).count()).toBe(0)

  await page.getByRole('link', { name: '在地图上看' }).click()
  await page.getByRole('link', { name: '案件详情与材料' }).waitFor()
})

it('says why a file is not taken, and takes the others', async () => {
  const { page, forgive } = await open({ path: '/', width: 390, height: 844 })
  forgive(/415|Failed to load resource/)
  const { streetCode, number } = await findCase(page, 'D02')
  await page.goto(new URL(`/incident/${streetCode}/${number}`, page.url()).href)
  await page.getByText('还没有材料。').waitFor()
  await page.locator('input[type=file]').setInputFiles([
    { name: '表格.jpg', mimeType: 'image/jpeg', buffer: Buffer.from('PK\u0003\u0004') },
    { name: '协议书.pdf', mimeType: 'application/pdf', buffer: Buffer.from('%PDF-1.4\n%%EOF\n') },
  ])
  await page.getByRole('alert').filter({ hasText: '“表格.jpg”未能上传' }).waitFor()
  await page.getByRole('button', { name: '下载“协议书.pdf”' }).waitFor()
  const saving = page.waitForEvent('download')
  await page.getByRole('button', { name: '下载“协议书.pdf”' }).click()
  expect((await saving).suggestedFilename()).toBe('协议书.pdf')
  expect(await violationsOf(page)).toBe('')
})

it('shows the lawful procedures of a case, and goes on to the one that is chosen', async () => {
  const { page } = await open({ path: '/', width: 1280, height: 900 })
  const { streetCode, number } = await findCase(page, 'D10')
  await page.goto(new URL(`/incident/${streetCode}/${number}`, page.url()).href)
  await page.getByRole('button', { name: /^人民调解\s*当前/ }).waitFor()
  await page.getByRole('button', { name: /^劳动争议仲裁/ }).click()
  await page.getByText('45 日（自受理起结束）').waitFor()
  await page.getByText('未解决时的下一步：民事诉讼一审').waitFor()

  await page.getByRole('button', { name: '选定法定途径' }).click()
  const form = page.getByRole('form', { name: '选定法定途径' })
  await form.getByLabel('办理程序').selectOption('arbitration')
  await form.getByRole('button', { name: '确认选定法定途径' }).click()
  await page.getByRole('button', { name: /^劳动争议仲裁\s*当前/ }).waitFor()
  await page.getByText(/已用 0 日，还剩 45 日/).waitFor()
  expect(await page.getByRole('button', { name: /^人民调解\s*已经过/ }).count()).toBe(1)
})

it('shows a case as it was known at an instant, when nothing can be done any more', async () => {
  const { page } = await open({ path: '/', width: 1280, height: 900 })
  const answer = await page.request.get(
    new URL('/api/collections/incidents/items?status=50&limit=1', page.url()).href,
    {
      headers: { accept: 'application/geo+json' },
    },
  )
  const { features } = (await answer.json()) as { features: { properties: { streetCode: string; number: string } }[] }
  const { streetCode, number } = features[0]!.properties
  const loop = await page.request.get(new URL(`/api/incidents/${streetCode}/${number}/loop`, page.url()).href)
  const { log } = (await loop.json()) as { log: { at: string }[] }
  expect(log.length).toBeGreaterThan(2)
  // The minute after the second step, in local time.
  const then = new Date(Math.ceil(Date.parse(log[1]!.at) / 60_000) * 60_000)
  const known = log.filter(({ at }) => Date.parse(at) <= then.getTime())
  const local = new Date(then.getTime() + 8 * 3_600_000).toISOString().slice(0, 16)
  await page.goto(new URL(`/incident/${streetCode}/${number}?asOf=${local}`, page.url()).href)
  await page.getByLabel('按当时所知').waitFor()
  const timeline = page.locator('section', { hasText: '办理过程' }).getByRole('listitem')
  await expect.poll(() => timeline.count()).toBe(known.length)
  expect(await page.getByRole('heading', { name: '办理', exact: true }).count()).toBe(0)
  expect(await violationsOf(page)).toBe('')
  await page.getByRole('button', { name: '回到现在' }).click()
  await page.getByRole('heading', { name: '办理', exact: true }).waitFor()
  await expect.poll(() => timeline.count()).toBe(log.length)
  // Whoever lost the code is given another.
  await page.getByRole('button', { name: '出具查询码' }).click()
  await page.getByText(/^[0-9A-Z]{26}$/).waitFor()
  expect(await violationsOf(page)).toBe('')
})

it('records a petition, counts it among the figures, and withdraws it', async () => {
  const { page } = await open({ path: '/', width: 1280, height: 900 })
  const { streetCode, number } = await findCase(page, 'D08')
  await page.goto(new URL(`/incident/${streetCode}/${number}`, page.url()).href)
  await page.getByRole('button', { name: '登记安全底线情况' }).click()
  const form = page.getByRole('form', { name: '登记安全底线情况' })
  await form.getByLabel('情况', { exact: true }).selectOption({ label: '上访' })
  await form.getByLabel('发生时间').fill('2026-10-20T09:00')
  await form.getByLabel('上访层级').selectOption({ label: '到市' })
  await form.getByLabel('上访方式').selectOption({ label: '集体访' })
  expect(await violationsOf(page)).toBe('')
  await form.getByRole('button', { name: '保存' }).click()
  await page.getByRole('button', { name: '撤回“上访 · 到市 · 集体访”' }).waitFor()
  await page.emulateMedia({ colorScheme: 'light' })
  expect(await violationsOf(page, 'colours')).toBe('')
  const history = page.getByRole('listitem').filter({ hasText: '登记安全底线情况' })
  expect(await history.getByText('上访层级').locator('xpath=following-sibling::*').innerText()).toBe('到市')

  const october = `/figures?area=${streetCode}&from=2026-10-01&to=2026-10-31`
  await page.goto(new URL(october, page.url()).href)
  const table = page.getByRole('group', { name: '安全底线' })
  const city = table.getByRole('link', { name: /^到市上访，/ })
  const counted = Number(await city.innerText())
  expect(counted).toBeGreaterThan(0)
  expect(await violationsOf(page)).toBe('')
  await city.click()
  await page.getByRole('rowheader', { name: number }).getByRole('link').waitFor()

  await page.goto(new URL(`/incident/${streetCode}/${number}`, page.url()).href)
  await page.getByRole('button', { name: '撤回“上访 · 到市 · 集体访”' }).click()
  await page.getByLabel('撤回理由').fill('同一批人，已登记在他案')
  await page.getByRole('button', { name: '确认撤回' }).click()
  await page.getByText(/^上访 · 2026年10月20日 09:00$/).waitFor()
  expect(await page.getByRole('button', { name: '撤回“上访 · 到市 · 集体访”' }).count()).toBe(0)
  await page.goto(new URL(october, page.url()).href)
  await table.getByRole('link', { name: `到市上访，到市上访 ${counted - 1} 件，查看清单` }).waitFor()
})
