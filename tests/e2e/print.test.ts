/// <reference lib="dom" />
import { readFile } from 'node:fs/promises'
import { getDocument } from 'pdfjs-dist/legacy/build/pdf.mjs'
import { expect, it } from 'vitest'
import { mapIdle } from './drivers/map-page.ts'
import { readPicture } from './drivers/picture.ts'
import { violationsOf, type Page } from './drivers/screen.ts'
import { useScreens } from './world/screens.ts'

const open = useScreens()

/** Counts what a person does, each a click or a choice. */
function countSteps() {
  let steps = 0
  return { step: async (action: Promise<unknown>) => (await action, ++steps), taken: () => steps }
}

async function printed(page: Page, step: (action: Promise<unknown>) => Promise<unknown>) {
  const coming = page.waitForEvent('download', { timeout: 300_000 })
  await step(page.getByRole('dialog').getByRole('button', { name: /^生成/ }).click())
  const download = await coming
  return { name: download.suggestedFilename(), bytes: await readFile(await download.path()) }
}

/** Text of a page with where it begins, in millimetres from the upper left corner. */
async function textOf(bytes: Buffer) {
  const pdf = await getDocument({ data: new Uint8Array(bytes), useSystemFonts: false }).promise
  const page = await pdf.getPage(1)
  const [, , width = 0, height = 0] = page.view
  const { items } = await page.getTextContent()
  const texts = items.flatMap((item) => {
    if (!('str' in item)) return []
    const [, , , , x, y] = item.transform as number[]
    return [{ text: item.str, x: (x! / 72) * 25.4, y: ((height - y!) / 72) * 25.4, width: (item.width / 72) * 25.4 }]
  })
  return {
    width: (width / 72) * 25.4,
    height: (height / 72) * 25.4,
    texts,
    all: texts.map(({ text }) => text).join(''),
  }
}

/** `114°21′30″E` in degrees. */
function degreesIn(text: string): number {
  const [degrees = 0, minutes = 0, seconds = 0] = (text.match(/\d+/g) ?? []).map(Number)
  return degrees + minutes / 60 + seconds / 3600
}

it('comes from the open page to a printed A3 map in at most eight steps', async () => {
  const { step, taken } = countSteps()
  const { page } = await open({ path: '/?type=D14,D02&time=2026-01-01/2026-07-01', width: 1280, height: 900 })
  await mapIdle(page)
  const shown = await page.locator('figure ol li').allInnerTexts()
  await step(page.getByRole('button', { name: '导出' }).click())
  const dialog = page.getByRole('dialog')
  await step(dialog.getByRole('textbox', { name: '标题' }).fill('上半年物业与邻里纠纷'))
  await step(dialog.getByLabel('纸张').selectOption({ label: 'A3' }))
  await step(dialog.getByLabel('分辨率').selectOption({ label: '96 dpi' }))
  await dialog.getByRole('img', { name: '版面预览' }).waitFor()
  expect(await violationsOf(page)).toBe('')
  const { name, bytes } = await printed(page, step)
  expect(taken()).toBeLessThanOrEqual(8)
  expect(name).toBe('民情地图_望澜街道_2026-01-01至2026-06-30.pdf')

  const { width, height, texts, all } = await textOf(bytes)
  expect([Math.round(width), Math.round(height)]).toEqual([420, 297])
  for (const wanted of ['上半年物业与邻里纠纷', '类型：邻里、物业', '2026-01-01 至 2026-06-30', '演示数据', '内部使用'])
    expect(all).toContain(wanted)
  // The classes of the map's legend are those of the page.
  expect(shown.length).toBeGreaterThan(2)
  for (const limit of shown) expect(all).toContain(`≥${limit.trim()}`)

  // The scale bar against the map's own coordinates: two meridians on the frame, a known distance apart.
  const zero = texts.find(({ text }) => text === '0')!
  const end = texts.find(({ text }) => /^\d+ k?m$/.test(text))!
  const metres = Number.parseFloat(end.text) * (end.text.endsWith('km') ? 1000 : 1)
  const barMetres = metres / (end.x + end.width - (zero.x + zero.width / 2))
  const meridians = texts.filter(({ text, y }) => /°.*E$/.test(text) && y < height / 2)
  const [west, east] = [meridians[0]!, meridians.at(-1)!]
  const parallel = degreesIn(texts.find(({ text }) => /°.*N$/.test(text))!.text)
  const metresPerDegree = (Math.PI / 180) * 6_371_008.8 * Math.cos((parallel * Math.PI) / 180)
  const apart = (degreesIn(east.text) - degreesIn(west.text)) * metresPerDegree
  const frameMetres = apart / (east.x + east.width / 2 - (west.x + west.width / 2))
  expect(barMetres / frameMetres).toBeGreaterThan(0.99)
  expect(barMetres / frameMetres).toBeLessThan(1.01)
})

it('comes from the open page to a printed A3 map of significant hot spots in at most eight steps', async () => {
  const { step, taken } = countSteps()
  const { page } = await open({ path: '/', width: 1280, height: 900 })
  await step(page.getByRole('link', { name: '分析' }).click())
  await step(page.getByLabel('统计单元').selectOption({ label: '方格' }))
  await step(page.getByRole('button', { name: '开始分析' }).click())
  const summary = page.getByText(/件事件；显著热点/)
  await summary.waitFor({ timeout: 120_000 })
  const incidents = /([\d,]+) 件事件/.exec(await summary.innerText())?.[1]
  const classes = await page.locator('figcaption li').allInnerTexts()
  expect(classes).toContain('热 99%')
  await step(page.getByRole('button', { name: '打印' }).click())
  const dialog = page.getByRole('dialog')
  await step(dialog.getByLabel('纸张').selectOption({ label: 'A3' }))
  await step(dialog.getByLabel('分辨率').selectOption({ label: '96 dpi' }))
  await dialog.getByRole('img', { name: '版面预览' }).waitFor()
  expect(await violationsOf(page)).toBe('')
  const { bytes } = await printed(page, step)
  expect(taken()).toBeLessThanOrEqual(8)

  const { width, height, all } = await textOf(bytes)
  expect([Math.round(width), Math.round(height)]).toEqual([420, 297])
  for (const wanted of ['热点（Gi*）', '群众反映', `共 ${incidents} 件`, '置换次数', '边长', '演示数据', ...classes])
    expect(all.replaceAll(/\s/g, '')).toContain(wanted.replaceAll(/\s/g, ''))
})

it('prints what the preview shows, and in parts what one piece would show', async () => {
  const { page } = await open({ path: '/', width: 1000, height: 700, smoothEdges: true })
  await mapIdle(page)
  await page.getByRole('button', { name: '导出' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel('格式').selectOption({ label: 'PNG 图片' })
  await dialog.getByLabel('分辨率').selectOption({ label: '300 dpi' })
  const preview = dialog.getByRole('img', { name: '版面预览' })
  await preview.waitFor()
  const { bytes } = await printed(page, (action) => action)
  const { width, height, colours } = await readPicture(page, bytes)
  // The map alone is 3300 pixels wide: two parts side by side, three below each other.
  expect([width, height]).toEqual([3508, 2480])
  // Neither of the two is empty.
  expect(colours).toBeGreaterThan(20)
  // 300 dots an inch, in the chunk that printers read.
  expect(bytes.readUInt32BE(bytes.indexOf('pHYs') + 4)).toBe(11_811)
  const columns = await preview.evaluate(differencesFrom, bytes.toString('base64'))
  const mean = (values: number[]) => values.reduce((sum, value) => sum + value, 0) / values.length
  expect(mean(columns)).toBeLessThan(6)
  // The frame begins at 14.2 mm; 2048 pixels to its right two parts meet. The preview, at 144 dpi, was drawn in one.
  const seam = Math.round((14.2 / 25.4) * 144 + (2048 * 144) / 300)
  const usual = columns.toSorted((a, b) => a - b)[Math.floor(columns.length * 0.95)]!
  expect(mean(columns.slice(seam - 4, seam + 5))).toBeLessThan(usual * 1.25)
})

/** Mean difference of the channels, 0 to 255, of each column of a canvas from a picture shrunk to its size. */
async function differencesFrom(element: Element, base64: string): Promise<number[]> {
  const shown = element as HTMLCanvasElement
  const bytes = Uint8Array.from(atob(base64), (letter) => letter.codePointAt(0)!)
  const { width, height } = shown
  const size = { resizeWidth: width, resizeHeight: height, resizeQuality: 'high' } as const
  const image = await createImageBitmap(new Blob([bytes], { type: 'image/png' }), size)
  const context = new OffscreenCanvas(width, height).getContext('2d')!
  context.drawImage(image, 0, 0)
  const printed = context.getImageData(0, 0, width, height).data
  const seen = shown.getContext('2d')!.getImageData(0, 0, width, height).data
  const columns = Array.from({ length: width }, () => 0)
  for (let at = 0; at < seen.length; at++)
    columns[Math.floor(at / 4) % width]! += Math.abs(printed[at]! - seen[at]!) / (height * 4)
  return columns
}

it('binds a page for each grid behind an index, and shows the months of a period as a video', async () => {
  const { page } = await open({ path: '/?area=990101001001&time=2026-09-01/2026-11-01', width: 1000, height: 700 })
  await mapIdle(page)
  await page.getByRole('button', { name: '导出' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('radio', { name: '分区图册' }).check()
  await dialog.getByLabel('分辨率').selectOption({ label: '96 dpi' })
  const level = dialog.getByLabel('每页一个').locator('option:checked')
  const grids = Number(/\d+/.exec(await level.innerText())![0])
  expect(grids).toBeGreaterThan(2)
  const { name, bytes } = await printed(page, (action) => action)
  expect(name).toMatch(/^民情图册_.*\.pdf$/)
  const pdf = await getDocument({ data: new Uint8Array(bytes), useSystemFonts: false }).promise
  // The index, the map as it was seen, and the grids.
  expect(pdf.numPages).toBe(grids + 2)

  await dialog.getByRole('radio', { name: '时间动画' }).check()
  await dialog.getByLabel('每帧时长').selectOption({ label: '一月' })
  await dialog.getByText('共 2 帧').waitFor()
  const video = await printed(page, (action) => action)
  expect(video.name).toMatch(/^民情动画_.*\.(mp4|webm)$/)
  // The product's own pages may play nothing.
  const viewer = await page.context().newPage()
  const played = await viewer.evaluate(playedVideo, video.bytes.toString('base64'))
  expect(played).toMatchObject({ width: 1920, height: 1358 })
  expect(played.seconds).toBeGreaterThan(0.5)
})

/** Size and length of a video, as the browser plays it. */
async function playedVideo(base64: string): Promise<{ width: number; height: number; seconds: number }> {
  const bytes = Uint8Array.from(atob(base64), (letter) => letter.codePointAt(0)!)
  const element = document.createElement('video')
  element.src = URL.createObjectURL(new Blob([bytes]))
  await new Promise((resolve, reject) => {
    element.addEventListener('loadedmetadata', resolve)
    element.addEventListener('error', reject)
  })
  return { width: element.videoWidth, height: element.videoHeight, seconds: element.duration }
}
