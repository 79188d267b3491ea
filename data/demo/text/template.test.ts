import { expect, test } from 'vitest'
import { anySentence, sentence, sizeOf } from './template.ts'
import type { Words } from './template.ts'
import { Random } from '../../stats/random.ts'

const lists = { where: ['一楼', '二楼'] }

test('every number below the size makes a sentence of its own', () => {
  const text = '{@where}{漏水|渗水|返潮}{，请修|}'
  expect(sizeOf(text, lists)).toBe(12)
  expect(new Set(Array.from({ length: 12 }, (_, i) => sentence(text, lists, i, {}))).size).toBe(12)
  expect(sentence(text, lists, 0, {})).toBe('一楼漏水，请修')
})

test('a remembered word comes again', () => {
  const words: Words = {}
  expect(sentence('{what:油烟|噪声}扰民', lists, 1, words)).toBe('噪声扰民')
  expect(anySentence('居民称{what}不断', lists, new Random('t'), words)).toBe('居民称噪声不断')
})

test('an unknown list is reported by its name', () => {
  expect(() => sizeOf('{@nowhere}', lists)).toThrow('nowhere')
})
