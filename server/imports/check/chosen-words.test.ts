import { riskWords, statusWords } from '@minqing/data/formats/words/words'
import { expect, it } from 'vitest'
import { ChosenWords } from './chosen-words.ts'

it('reports two hundred unknown words of each field, whatever other fields and known words there are, and counts the rest', () => {
  const words = new ChosenWords([], true)
  for (let index = 0; index < 250; index++) {
    words.note('status', `说法${index}`, statusWords, '99', false)
    words.note('status', `已知${index}`, statusWords, '70', true)
  }
  for (let twice = 0; twice < 2; twice++) words.note('status', '说法240', statusWords, '99', false)
  words.note('risk', '天蓝', riskWords, 'blue', false)
  const unknown = (field: string) => words.found().filter((one) => one.field === field && !one.isKnown)
  expect([unknown('status').length, unknown('risk').length]).toEqual([200, 1])
  expect([words.further('status'), words.further('risk')]).toEqual([
    { words: 50, rows: 52 },
    { words: 0, rows: 0 },
  ])
})

it('lets long words be chosen: whole, and where they are longer than any, by what is reported of them', () => {
  const long = `经社区调解员多次上门，双方就漏水赔偿一事${'反复协商'.repeat(10)}`
  const longest = '仍在协商'.repeat(80)
  const seen = new ChosenWords()
  for (const word of [long, longest]) seen.note('status', word, statusWords, '99', false)
  const reported = seen.found().map(({ word }) => word)
  expect(reported[0]).toBe(long)
  expect(reported[1]).toMatch(/^仍在协商.{196}…$/)
  const choices = reported.map((word) => ({ of: 'status', word, meaning: '处置中' }))
  const chosen = new ChosenWords(choices)
  for (const word of [long, longest]) expect(chosen.chosen('status', [], word, statusWords)).toBe('50')
})
