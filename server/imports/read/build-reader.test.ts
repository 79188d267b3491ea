import { mkdtempSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { testFolder } from '@minqing/data/test-data'
import { expect, test } from 'vitest'
import { buildReader, currentReader, type ReaderProgram, sourceReader } from './build-reader.ts'
import { FileReader } from './file-reader.ts'

const folder = mkdtempSync(join(testFolder('reader'), '_'))

async function namesOf(program: ReaderProgram): Promise<unknown> {
  const path = join(folder, '案件.csv')
  writeFileSync(path, '案件编号,经度,纬度\n1,114.3,30.6\n')
  const reader = new FileReader({ path, name: '案件.csv' }, undefined, program)
  try {
    await reader.order({ kind: 'inspect', file: { path, name: '案件.csv' }, choices: {} })
    await reader.order({ kind: 'begin' })
    const message = await reader.next()
    return message.kind === 'inspected' ? message.inspection.columns.map(({ name }) => name) : message.kind
  } finally {
    await reader.close()
  }
}

test('the reader is one file, built once, and reads as the sources do', async () => {
  const output = join(folder, 'reader.mjs')
  expect(currentReader(output)).toBe(sourceReader)
  expect(await buildReader(output)).toBe(true)
  expect(await buildReader(output)).toBe(false)
  const program = currentReader(output)
  expect(program).toEqual({ entry: output, files: [output] })
  expect(await namesOf(program)).toEqual(['案件编号', '经度', '纬度'])
  expect(await namesOf(sourceReader)).toEqual(['案件编号', '经度', '纬度'])
})

test('what was built from other sources is not used, and is built again', async () => {
  const output = join(folder, 'old.mjs')
  writeFileSync(output, `// ${'0'.repeat(64)}\nthrow new Error('old')\n`)
  expect(currentReader(output)).toBe(sourceReader)
  expect(await buildReader(output)).toBe(true)
  expect(readFileSync(output, 'utf8')).not.toContain("Error('old')")
  expect(statSync(output).size).toBeGreaterThan(100_000)
})
