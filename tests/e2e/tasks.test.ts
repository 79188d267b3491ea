import { expect, it } from 'vitest'
import { numberIn, parametersOf } from './drivers/map-page.ts'
import { violationsOf } from './drivers/screen.ts'
import { useScreens } from './world/screens.ts'

const open = useScreens()

it('shows what has to be done, is used by keyboard, and takes a step of several cases at once', async () => {
  const { page, forgive } = await open({ path: '/tasks?of=all&stage=handling', width: 1440, height: 900 })
  const rows = page.locator('tbody tr')
  await rows.nth(2).waitFor()
  expect(await violationsOf(page)).toBe('')
  const named = rows.locator('[data-open]')
  const numberOf = async (index: number) => /\d{8}-\d+/.exec(await named.nth(index).innerText())![0]
  const [first, second] = [await numberOf(0), await numberOf(1)]

  // Arrows move, space selects, Enter opens.
  await named.nth(0).focus()
  await page.keyboard.press('Space')
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('Space')
  await page.getByText('已选 2 件').waitFor()
  await page.keyboard.press('Enter')
  const side = page.getByRole('complementary', { name: `事项 ${second}` })
  await side.getByRole('heading', { name: '办理', exact: true }).waitFor()
  expect(page.url()).toContain(`case=`)
  expect(await violationsOf(page)).toBe('')

  // Of two cases one is refused: it stays selected with the reason, and the text is not lost.
  await page.getByRole('button', { name: '催办', exact: true }).click()
  await page.getByLabel('理由').fill('超过办结时限，请今日反馈')
  forgive(/503|Failed to load resource/)
  await page.route(`**/${second}/steps`, (route) => route.fulfill({ status: 503, json: {} }), { times: 1 })
  await page.getByRole('button', { name: '对 2 件确认：催办' }).click()
  await page.getByRole('alert').filter({ hasText: '1 件未办理' }).waitFor()
  await page.getByText('已选 1 件').waitFor()
  expect(await page.getByLabel('理由').inputValue()).toBe('超过办结时限，请今日反馈')
  await page.getByRole('button', { name: '对 1 件确认：催办' }).click()
  await page.getByText('已办理 1 件').waitFor()

  await page.getByRole('button', { name: '督办清单' }).click()
  for (const number of [first, second])
    await rows.filter({ hasText: number }).filter({ hasText: '催办 1 次' }).waitFor()
  expect(await violationsOf(page)).toBe('')

  await page.getByRole('button', { name: '看板' }).click()
  const column = page.getByRole('region', { name: '化解缓解' })
  await column.getByRole('button').first().click()
  await side.or(page.getByRole('complementary')).first().waitFor()
  expect(await violationsOf(page)).toBe('')
})

it('follows a case that is registered elsewhere, and shows what waits for a role', async () => {
  const { page } = await open({ path: '/tasks?stage=intake', width: 390, height: 844 })
  const rows = page.locator('tbody tr')
  await rows.first().waitFor()
  const before = await rows.count()
  const registered = await page.request.post(new URL('/api/incidents', page.url()).href, {
    headers: { origin: new URL(page.url()).origin },
    data: { text: '楼道堆放杂物，夜间摔倒，请协调清理。', address: '望澜路12号' },
  })
  const { number } = (await registered.json()) as { number: string }
  await rows.filter({ hasText: number }).filter({ hasText: '受理' }).waitFor()
  expect(await rows.count()).toBe(before + 1)
  expect(await violationsOf(page)).toBe('')
})

it('records a meeting whose decisions are followed until they are carried out', async () => {
  const { page } = await open({ path: '/', width: 1280, height: 900 })
  const registered = await page.request.post(new URL('/api/incidents', page.url()).href, {
    headers: { origin: new URL(page.url()).origin },
    data: { text: '沿街餐馆油烟扰民，多部门推诿，请会商解决。', address: '望澜路12号', accept: true },
  })
  const { street, number } = (await registered.json()) as { street: string; number: string }
  await page.goto(new URL(`/incident/${street}/${number}`, page.url()).href)
  await page.getByRole('button', { name: '登记会商' }).click()
  const form = page.getByRole('form', { name: '登记会商' })
  await form.getByLabel('参会单位').fill('城管中队、生态环境所、司法所')
  await form.getByLabel('会商纪要').fill('各方同意先整改油烟管道。')
  await form.getByRole('button', { name: '增加决定' }).click()
  for (const [index, [text, unit]] of [
    ['责令加装净化设施', '城管中队'],
    ['复测油烟浓度', '生态环境所'],
  ].entries()) {
    await form.getByLabel(`决定 ${index + 1}`, { exact: true }).fill(text!)
    await form.getByLabel(`决定 ${index + 1} 的落实单位`).fill(unit!)
    await form.getByLabel(`决定 ${index + 1} 的落实期限`).fill('2099-12-31')
  }
  expect(await violationsOf(page)).toBe('')
  await form.getByRole('button', { name: '保存' }).click()
  await page.getByRole('button', { name: '登记已落实：生态环境所' }).click()
  await page.getByRole('button', { name: '登记已落实：生态环境所' }).waitFor({ state: 'detached' })
  await page.getByRole('button', { name: '登记已落实：城管中队' }).waitFor()
  await page.getByText('决定 2（生态环境所）：复测油烟浓度').waitFor()
  await page.getByText('落实会商决定', { exact: true }).waitFor()
})

it('shows on the map what is due today, until a step is taken of it elsewhere', async () => {
  const { page } = await open({ path: '/tasks?of=all', width: 1280, height: 900 })
  const post = async (path: string, data: object) => {
    const response = await page.request.post(new URL(`/api${path}`, page.url()).href, { data })
    expect(response.ok(), await response.text()).toBe(true)
    return (await response.json()) as { street: string; number: string; sequence: number }
  }
  const position = { lon: 114.355, lat: 30.6642 }
  const registered = { text: '路灯不亮，请维修。', type: 'E02', position, accept: true }
  const { street, number, sequence } = await post('/incidents', registered)
  const step = (action: string, content: object, after: number) =>
    post(`/incidents/${street}/${number}/steps`, { sequence: after, action, content, opinion: '' })
  // At whatever time of day the test runs, this is due by its end.
  const decisions = [{ decision: 'd1', unit: '城管中队', dueAt: new Date(Date.now() + 1000).toISOString() }]
  const met = await step('consult', { units: ['城管中队'], decisions }, sequence)

  await page.getByRole('link', { name: '在地图上看今日应办' }).click()
  const legend = page.locator('figure').filter({ hasText: '今日应办' })
  const list = legend.getByRole('link', { name: '查看清单' })
  await list.waitFor()
  expect(parametersOf(page).get('layers')).toBe('grids,buildings,due,labels')
  expect(await violationsOf(page)).toBe('')
  expect(await list.getAttribute('href')).toBe(`/tasks?of=all&clock=today&area=${street}`)

  // Its switch is in the menu of layers.
  await page.goto(new URL('/?density=off&layers=none&at=114.355,30.6642,18,0,0', page.url()).href)
  await page.getByRole('button', { name: '图层' }).click()
  await page.getByRole('checkbox', { name: '今日应办', exact: true }).click()
  await page.keyboard.press('Escape')
  await expect.poll(() => parametersOf(page).get('layers')).toBe('due')
  await list.waitFor()
  const shown = async () => numberIn(/共 ([\d,]+) 件/.exec(await legend.innerText())![1]!)
  const before = await shown()
  // Enter selects what is drawn in the middle of the map: again, until it is there.
  const canvas = page.locator('canvas.maplibregl-canvas')
  const selected = async () => {
    await canvas.press('Enter')
    return parametersOf(page).get('selected')
  }
  await expect.poll(selected).toBe(`incident:${street}-${number}`)

  await step('close_directly', { outcome: 'oral' }, met.sequence)
  await expect.poll(shown).toBe(before - 1)
  await expect.poll(selected).toBeNull()
})
