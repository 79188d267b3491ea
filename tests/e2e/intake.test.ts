import { expect, it } from 'vitest'
import { violationsOf } from './drivers/screen.ts'
import { useScreens } from './world/screens.ts'

const open = useScreens()

/** Seconds of a key and of the thought before a field: Card, Moran, Newell (1980), average typist. */
const perKey = 0.28
const perField = 1.35

/** Keys of a text: an input method takes about three for a Chinese character. */
const keysOf = (text: string) => Array.from(text).reduce((sum, one) => sum + (one > '\u2e80' ? 3 : 1), 0)

it('registers a visit by keyboard alone, in five fields and less than a minute', async () => {
  const { page } = await open({ path: '/intake', width: 1280, height: 900 })
  await page.getByLabel('反映事由').waitFor()
  expect(await violationsOf(page)).toBe('')
  let keys = 0
  const fields = ['楼上卫生间漏水，我家天花板鼓包，多次沟通无果。', '望澜路12号', '王小明', '13800138000']
  for (const text of fields) {
    await page.keyboard.type(text)
    await page.keyboard.press('Tab')
    keys += keysOf(text) + 1
  }
  // From the last of three choices on to the first.
  await page.keyboard.press('ArrowDown')
  expect(await page.getByLabel('愿意', { exact: true }).isChecked()).toBe(true)
  await page.getByText('系统判断：邻里').waitFor()
  const asked = page.locator('main form :is(input, textarea, select)')
  const groups = await asked.evaluateAll((controls) =>
    controls
      .filter((control) => control.closest('details') === null)
      .map((control) =>
        (control as HTMLInputElement).type === 'radio'
          ? (control as HTMLInputElement).name
          : control.id || control.tagName,
      ),
  )
  expect(new Set(groups).size).toBe(5)
  await page.keyboard.press('Enter')
  keys += 2
  await page.getByText(/^已受理：\d{8}-1\d{4}$/).waitFor()
  expect(keys * perKey + fields.length * perField + perField).toBeLessThan(60)

  // The reporter's page opens by the code alone, which the server learns from no address, and shows no name.
  const code = await page.getByText(/^([0-9A-Z]{4}-){6}[0-9A-Z]{2}$/).innerText()
  const addresses: string[] = []
  page.context().on('request', (request) => addresses.push(request.url()))
  const reporter = await page.context().newPage()
  await reporter.goto(new URL(`/r#${code}`, page.url()).href)
  await reporter.getByText('办理过程').waitFor()
  expect(await reporter.locator('main').innerText()).toMatch(/已受理[\s\S]*人民调解[\s\S]*交办/)
  expect(await reporter.locator('body').innerText()).not.toMatch(/王小明|13800138000|漏水/)
  expect(addresses.filter((address) => address.includes(code) || address.includes('王'))).toEqual([])
  expect(await violationsOf(reporter)).toBe('')

  await page.getByRole('button', { name: '登记下一件' }).click()
  await page.getByLabel('反映事由').waitFor()
  expect(await page.getByLabel('来访人姓名').inputValue()).toBe('')
})

it('loses nothing where the server fails, and registers once', async () => {
  const { page, forgive } = await open({ path: '/intake', width: 1280, height: 900 })
  forgive(/503|Failed to load resource/)
  await page.getByLabel('反映事由').fill('路灯不亮，晚上出行不便')
  await page.getByLabel('来访人姓名').fill('孙晓')
  await page.getByLabel('反映事由').focus()
  const keys: (string | undefined)[] = []
  await page.route('**/api/incidents', (route) => {
    keys.push(route.request().headers()['idempotency-key'])
    return keys.length === 1 ? route.fulfill({ status: 503, json: {} }) : route.continue()
  })
  await page.keyboard.press('Control+Enter')
  await page.getByRole('alert').filter({ hasText: '未丢失' }).waitFor()
  expect(await page.getByLabel('反映事由').inputValue()).toBe('路灯不亮，晚上出行不便')
  await page.keyboard.press('Control+Enter')
  await page.getByText(/^已受理：/).waitFor()
  expect(new Set(keys).size).toBe(1)
  expect(keys[0]).toMatch(/^[0-9a-f-]{36}$/)
})

it('offers cases that likely are the same while typing and at triage, and merges into the one that is chosen', async () => {
  const { page } = await open({ path: '/intake', width: 1280, height: 900 })
  await page.getByLabel('反映事由').waitFor()
  const text = '望澜路12号车棚顶棚塌落，砸坏三辆电动车，要求物业赔偿。'
  const register = async () => {
    const response = await page.request.post(new URL('/api/incidents', page.url()).href, {
      headers: { origin: new URL(page.url()).origin },
      data: { text, address: '望澜路12号' },
    })
    return (await response.json()) as { street: string; number: string }
  }
  const first = await register()
  await page.getByLabel('反映事由').fill(text)
  await page.getByLabel('发生地点').fill('望澜路12号')
  const likely = page.getByRole('region', { name: /可能已有登记/ })
  await likely.getByText(first.number).waitFor()
  expect(await likely.getByRole('listitem').first().innerText()).toMatch(/文字相似|事由相符/)
  expect(await violationsOf(page)).toBe('')

  const second = await register()
  await page.goto(new URL(`/tasks?of=all&case=${second.street}-${second.number}`, page.url()).href)
  const side = page.getByRole('complementary', { name: `事项 ${second.number}` })
  await side.getByRole('listitem').filter({ hasText: first.number }).getByRole('button', { name: '并入此件' }).click()
  await side.getByRole('button', { name: '并入其他事件' }).click()
  expect(await side.getByLabel('并入的事件编号').inputValue()).toBe(first.number)
  await side.getByLabel('合并理由').fill('同一事件')
  await side.getByRole('button', { name: '保存' }).click()
  await side.getByRole('link', { name: `已并入 ${first.number}` }).waitFor()
})

it('makes a draft of a chat that is pasted, and registers it as one of a chat group', async () => {
  const { page } = await open({ path: '/intake', width: 390, height: 844 })
  await page.getByText('粘贴群聊记录').click()
  await page
    .getByLabel('群聊记录')
    .fill('3栋502-李梅 2026/11/27 10:22\n春晖路6号路灯不亮[图片]，我电话13800138000\n王晓 10:25\n我也看到了')
  expect(await violationsOf(page)).toBe('')
  await page.getByRole('button', { name: '填入表单' }).click()
  expect(await page.getByLabel('反映事由').inputValue()).toBe('春晖路6号路灯不亮，我电话\n群成员补充：我也看到了')
  expect(await page.getByLabel('发生地点').inputValue()).toBe('春晖路6号')
  expect(await page.getByLabel('来访人姓名').inputValue()).toBe('李梅')
  expect(await page.getByLabel('联系电话').inputValue()).toBe('13800138000')
  await page.getByText(/^系统判断：.* · 微信群$/).waitFor()
  await page.getByRole('button', { name: '登记并受理' }).click()
  await page.getByText(/^已受理：/).waitFor()
})
