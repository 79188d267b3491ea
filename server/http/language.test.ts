import { expect, test } from 'vitest'
import { languageOf } from './language.ts'

test.each([
  [undefined, 'zh'],
  ['', 'zh'],
  ['fr,de;q=0.5', 'zh'],
  ['en', 'en'],
  ['en-GB,en;q=0.9', 'en'],
  ['zh-Hans-CN,zh;q=0.9,en;q=0.8', 'zh'],
  ['zh;q=0.3, en;q=0.8', 'en'],
  ['en;q=0', 'zh'],
  ['english', 'zh'],
  [';;,q=,en;q=x', 'zh'],
])('“%s” is read as %s', (header, language) => {
  expect(languageOf(header)).toBe(language)
})
