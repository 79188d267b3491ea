import { expect, test } from 'vitest'
import { dueClassOf } from './due-today.ts'

const at = (text: string) => Date.parse(`2026-03-02T${text}+08:00`)
const classAt = (now: string, due: string) => dueClassOf(new Date(at(due)).toISOString(), at(now))

test('a time that is over is overdue however long ago, one that ends now is not over yet', () => {
  expect(dueClassOf('2025-01-01T00:00:00Z', at('09:00:00'))).toBe('overdue')
  expect(classAt('09:00:00', '08:59:59')).toBe('overdue')
  expect(classAt('09:00:00', '09:00:00')).toBe('hours')
})

test('what ends today is near within two hours', () => {
  expect(classAt('09:00:00', '11:00:00')).toBe('hours')
  expect(classAt('09:00:00', '11:00:01')).toBe('later')
  expect(classAt('09:00:00', '23:59:59')).toBe('later')
})

test('the day ends at midnight in China, even where that is within hours', () => {
  expect(classAt('23:30:00', '23:59:59')).toBe('hours')
  expect(classAt('23:30:00', '24:00:00')).toBeNull()
  // In UTC the day before.
  expect(dueClassOf('2026-03-01T23:00:00Z', Date.parse('2026-03-01T17:00:00Z'))).toBe('later')
  expect(dueClassOf(null, at('09:00:00'))).toBeNull()
})
