import { expect, test } from 'vitest'
import { openExternal } from './open-external.ts'

test.each([
  ['postgres://li:geheim@127.0.0.1:1/minqing', 'ECONNREFUSED'],
  ['postgres://li:geheim@localhost/minqing?host=%2Fnowhere', 'ENOENT'],
])('%s: the reason is reported, the password is not', async (url, code) => {
  const failure = await openExternal(url).catch((error: unknown) => String(error))
  expect(failure).toContain(code)
  expect(failure).toContain('minqing')
  expect(failure).not.toContain('geheim')
  expect(failure).not.toContain('li:')
})
