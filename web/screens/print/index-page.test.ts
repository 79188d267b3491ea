import { pageSize } from '@minqing/data/domain/page-setup'
import { expect, it } from 'vitest'
import { indexCapacity, layoutIndex } from './index-page.ts'
import { testContent, testMeasure } from './test-page.ts'

it.each(['landscape', 'portrait'] as const)('lists every area with its page inside an %s sheet', (orientation) => {
  const content = testContent({ orientation })
  const capacity = indexCapacity(content.setup)
  const entries = Array.from({ length: capacity }, (_, index) => ({
    name: `第${index}网格`,
    code: `990101001001${String(index).padStart(3, '0')}`,
    page: index + 2,
  }))
  const { shapes } = layoutIndex(content, '目录', entries, testMeasure)
  const texts = shapes.flatMap((shape) => (shape.kind === 'text' ? [shape] : []))
  const { width, height } = pageSize(content.setup)
  for (const { name, code, page } of entries) {
    const [own, ownCode, ownPage] = [name, code, String(page)].map((text) => texts.find((one) => one.text === text))
    expect(own).toBeDefined()
    // On one line, in this order, inside the sheet.
    expect(own!.y).toBe(ownPage!.y)
    expect(own!.x).toBeLessThan(ownCode!.x)
    expect(ownCode!.x).toBeLessThan(ownPage!.x)
    expect(ownPage!.x).toBeLessThan(width - 9)
    expect(own!.y).toBeLessThan(height - 12)
  }
  // One more than it takes is left for the next page.
  const more = layoutIndex(content, '目录', [...entries, { name: '多余', code: '1', page: 999 }], testMeasure)
  expect(more.shapes.some((shape) => shape.kind === 'text' && shape.text === '多余')).toBe(false)
})
