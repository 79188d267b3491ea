import { expect, test } from 'vitest'
import { bigramsOf, TextSimilarity } from './text-similarity.ts'

const texts = ['厨房漏水，居民反映', '路灯不亮，居民反映', '垃圾满溢，居民反映'].map(bigramsOf)
const similarity = new TextSimilarity(texts)

test('pairs of characters do not reach over punctuation, and width and case do not matter', () => {
  expect([...bigramsOf('漏水，ＡＢ a')]).toEqual([
    ['漏水', 1],
    ['AB', 1],
  ])
})

test('equal texts are 1, those without a common pair 0, empty ones unknown', () => {
  const [leak] = texts
  expect(similarity.cosine(leak!, leak!)).toBeCloseTo(1)
  expect(similarity.cosine(leak!, bigramsOf('电梯停运'))).toBe(0)
  expect(similarity.cosine(leak!, bigramsOf(''))).toBeNaN()
  expect(similarity.share(bigramsOf(''), leak!)).toBeNaN()
})

test('what all texts have weighs less than what one of them has', () => {
  const asked = bigramsOf('漏水，居民')
  // ln(4 / 2) + 1 of 漏水, ln(4 / 4) + 1 of 居民.
  expect(similarity.share(asked, bigramsOf('漏水'))).toBeCloseTo((Math.LN2 + 1) / (Math.LN2 + 2))
  expect(similarity.share(asked, bigramsOf('居民'))).toBeCloseTo(1 / (Math.LN2 + 2))
})
