import { expect, it } from 'vitest'
import { defineMessages, translatorFor, type TranslatorOf } from './messages.ts'

const messages = defineMessages({
  zh: { count: '{count, number} 件', result: '<b>{count}</b> 件', state: { lost: '{name}连接中断', back: '已恢复' } },
  en: {
    count: '{count, plural, one {# case} other {# cases}}',
    result: '<b>{count}</b> cases',
    state: { lost: '{name} is disconnected', back: 'Connected' },
  },
})

it('formats a message in either language, groups joined by dots', () => {
  const zh = translatorFor(messages, 'zh')
  const en = translatorFor(messages, 'en')
  expect([zh('count', { count: 1200 }), en('count', { count: 1 }), en('count', { count: 1200 })]).toEqual([
    '1,200 件',
    '1 case',
    '1,200 cases',
  ])
  expect([zh('state.lost', { name: '大屏' }), en('state.back')]).toEqual(['大屏连接中断', 'Connected'])
  expect(en.markup('result', { count: '3', b: (text) => `[${text}]` })).toBe('[3] cases')
})

it('makes one translator per set and language', () => {
  expect(translatorFor(messages, 'zh')).toBe(translatorFor(messages, 'zh'))
  expect(translatorFor(messages, 'zh')).not.toBe(translatorFor(messages, 'en'))
})

it('demands every name in both languages and every value of a message', () => {
  const typesOnly = (t: TranslatorOf<typeof messages>) => {
    // @ts-expect-error -- no such message
    t('missing')
    // @ts-expect-error -- the value is required
    t('count')
    // @ts-expect-error -- a value of another name
    t('state.lost', { number: '1' })
    // @ts-expect-error -- English has no `b`
    defineMessages({ zh: { a: '甲', b: '乙' }, en: { a: 'A' } })
    // @ts-expect-error -- Chinese has no `b`
    defineMessages({ zh: { a: '甲' }, en: { a: 'A', b: 'B' } })
  }
  expect(typesOnly).toBeTypeOf('function')
})
