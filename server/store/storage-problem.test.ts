import { mkdir, writeFile } from 'node:fs/promises'
import { expect, test } from 'vitest'
import { asStorageProblem, storageSentences } from './storage-problem.ts'

const failureOf = (work: Promise<unknown>) =>
  work.then(
    () => undefined,
    (error: unknown) => error,
  )

test.skipIf(process.platform !== 'linux')(
  'a full disk and one that cannot be written are said in sentences',
  async () => {
    const full = await failureOf(writeFile('/dev/full', 'x'))
    expect(asStorageProblem(full)).toMatchObject({
      code: 'storage_full',
      detail: { zh: expect.stringContaining('磁盘空间不足') },
    })
    const readOnly = await failureOf(mkdir('/sys/minqing'))
    expect(asStorageProblem(readOnly)).toMatchObject({ code: 'storage_unavailable' })
    const sentences = storageSentences(readOnly) ?? ''
    expect(sentences).toContain('/sys/minqing')
    expect(sentences).not.toMatch(/ at .*:\d+:\d+/)
  },
)

test.each([
  ['53100', 'storage_full'],
  ['58030', 'storage_unavailable'],
  ['EDQUOT', 'storage_full'],
  ['EROFS', 'storage_unavailable'],
  ['42601', undefined],
])('the code %s of a disk or the database is %s', (code, problem) => {
  expect(asStorageProblem(Object.assign(new Error('x'), { code }))?.code).toBe(problem)
})

test('a socket that is forbidden is no disk, and nothing is said of what is unknown', () => {
  expect(asStorageProblem(Object.assign(new Error('x'), { code: 'EACCES', syscall: 'connect' }))).toBeUndefined()
  expect(storageSentences(new Error('x'))).toBeUndefined()
})
