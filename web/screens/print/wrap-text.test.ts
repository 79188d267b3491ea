import { expect, it } from 'vitest'
import { wrapText } from './wrap-text.ts'

const measure = (text: string) => text.length

it('breaks lines between words', () => {
  const lines = wrapText('cases of the last thirty days in the whole street', 16, 9, measure)
  expect(lines.join(' ')).toBe('cases of the last thirty days in the whole street')
  expect(Math.max(...lines.map(measure))).toBeLessThanOrEqual(16)
})

it('breaks Chinese, and marks what was cut off', () => {
  const lines = wrapText('类型：物业纠纷、邻里纠纷、婚姻家庭纠纷、劳动争议', 10, 2, measure)
  expect(lines).toHaveLength(2)
  expect(Math.max(...lines.map(measure))).toBeLessThanOrEqual(10)
  expect(lines[1]).toMatch(/…$/)
})

it('begins no line with a punctuation mark', () => {
  const lines = wrapText('物业、邻里、劳动、消费、医疗', 5, 9, measure)
  expect(lines.every((line) => !line.startsWith('、'))).toBe(true)
  expect(lines.join('')).toBe('物业、邻里、劳动、消费、医疗')
})

it('does not change what fits', () => {
  expect(wrapText('江滩街道', 10, 1, measure)).toEqual(['江滩街道'])
})
