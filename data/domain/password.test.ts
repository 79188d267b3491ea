import { expect, test } from 'vitest'
import { passwordFault, preparePassword } from './password.ts'

test.each([
  ['Ab3-xyz', 'short'],
  [`Ab3-${'x'.repeat(125)}`, 'long'],
  ['abcdefgh1', 'kinds'],
  ['纸飞机飞过的江面上', 'kinds'],
  ['Liming#2026', 'name'],
  ['#2026gnimiL', 'name'],
  ['Admin@123', 'common'],
  ['P@ssw0rd', 'common'],
  ['P@ssw0rd2026!', 'common'],
  ['Aa123456', 'common'],
  ['Abc123456', 'common'],
  ['1qaz@WSX', 'common'],
  ['!QAZ2wsx', 'common'],
  ['Huawei@123', 'common'],
])('%s is refused', (password, fault) => {
  expect(passwordFault(password, 'liming')).toBe(fault)
})

test.each(['Tide-71-lamp', '纸飞机Paper7', 'xK9wPq2ev7', 'aA1 aA1 zz'])('%s is taken', (password) => {
  expect(passwordFault(password, 'liming')).toBeUndefined()
})

test('one character is one password, however it was typed', () => {
  expect(preparePassword('Café-1234')).toBe(preparePassword('Cafe\u0301-1234'))
})
