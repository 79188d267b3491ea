import { expect, test } from 'vitest'
import { agreementLevels, comparisons } from './compare-reports.ts'
import { reasonLabel } from './reason-labels.ts'

const measures = { metres: 41.6, hours: 35.2, subject: 0.834, text: 0.52 }

test('every level that says something has its words in both languages', () => {
  for (const comparison of comparisons)
    for (const level of agreementLevels[comparison].filter((one) => one !== 'unknown')) {
      const { zh, en } = reasonLabel(comparison, level, measures)
      expect(zh, `${comparison} ${level}`).toMatch(/\p{Script=Han}/u)
      expect(en, `${comparison} ${level}`).toMatch(/^[A-Z\d][\x20-\x7e]+$/)
    }
})

test('measures are in the words', () => {
  expect(reasonLabel('place', '60 m', measures).zh).toBe('相距 42 米')
  expect(reasonLabel('time', '3 d', measures).en).toBe('Reported 35 hours apart')
  expect(reasonLabel('time', '5 d', { ...measures, hours: 100 }).zh).toBe('上报相隔 4 天')
  expect(reasonLabel('subject', '80 %', measures).en).toBe('Subject agrees by 83 %')
  expect(reasonLabel('text', '50 %', measures).zh).toBe('文字相似 52 %')
  expect(reasonLabel('happened', '8 h', measures).zh).toBe('发生时间相差 8 小时以内')
})
