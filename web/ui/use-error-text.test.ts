import { expect, it } from 'vitest'
import { AnswerError } from '../api/fetch.ts'
import { errorText } from './use-error-text.ts'

it('shows the problem report of the server with its remedy', () => {
  const error = new AnswerError(400, { detail: '参数 from 不是日期', remedy: '请写成 2026-05-01' })
  expect(errorText(error, 'zh')).toBe('参数 from 不是日期。请写成 2026-05-01')
})

it('names the status where the server reports nothing, and the network where there is no response', () => {
  expect(errorText(new AnswerError(502, {}), 'en')).toMatch(/returned an error \(502\)/)
  expect(errorText(new TypeError('Failed to fetch'), 'en')).toMatch(/^The server cannot be reached/)
})
