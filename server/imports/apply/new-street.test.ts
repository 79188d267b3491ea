import { inMemory } from '@minqing/data/formats/test-bytes'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { createTestDatabase, type TestDatabase } from '../../store/test-database.ts'
import { rememberedChoices } from '../intake/remembered-choices.ts'
import { inspect } from '../read/file-reader.ts'
import { undoImport } from '../undo/undo-import.ts'
import { testFolder } from '@minqing/data/test-data'
import { getStatus } from '../../status/get-status.ts'
import { openScope } from '../../store/scope.ts'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beginWithTwoGrids, contents, runImport, tester } from './test-import.ts'

const content = '编号,标题,经度,纬度,时间\nA,漏水,114.305,30.605,2024-05-01\nB,噪声,114.307,30.606,2024-05-02\n'
const ledger = inMemory('工单.csv', content)
const devices = inMemory('设备.csv', '编号,名称,类型,经度,纬度\n1,甲,摄像头,114.305,30.605\n')

describe('the sub-district that is said for a file', () => {
  let test: TestDatabase
  beforeAll(async () => {
    test = await createTestDatabase()
  })
  afterAll(() => test.close())
  beforeEach(
    () =>
      test.database`truncate area, building, incident, incident_step, log_head, facility, import_batch, import_before, incident_month, incident_total cascade`,
  )
  const status = () => test.database.begin((transaction) => getStatus(transaction, openScope))
  const streets = async () => (await status()).streets.map(({ code, name, incidents }) => [code, name, incidents])

  it('is made for incidents and facilities too, as large as they reach, and goes with them', async () => {
    const before = await contents(test.database)
    const report = await runImport(test.database, {
      collection: 'incidents',
      file: ledger,
      street: '420102012=丹水池街道',
    })
    expect(report.rowNotes.map(({ label, rows }) => [label.zh.slice(0, 20), rows])).toContainEqual([
      '新建了街道 420102012“丹水池街',
      2,
    ])
    expect(await streets()).toEqual([['420102012', '丹水池街道', 2]])
    const [street] = (await status()).streets
    expect(street?.bbox).toEqual([114.303, 30.603, 114.309, 30.608].map((degrees) => expect.closeTo(degrees, 6)))
    await runImport(test.database, { collection: 'facilities', file: devices, street: '420102012' })
    await undoImport(test.database, tester, report.batch ?? 0)
    // The facility is still there, and so is what it lies in.
    expect(await streets()).toEqual([['420102012', '丹水池街道', 0]])
    expect(before).toMatchObject({ areas: null })
  })

  it('is asked about while its code is not known, naming the nearest one, and taken once that is confirmed', async () => {
    await beginWithTwoGrids(test.database)
    const mistyped = { collection: 'incidents', file: ledger, street: '420102021' } as const
    const dry = await runImport(test.database, mistyped, { dryRun: true })
    expect(dry.notes.map(({ zh }) => zh).join()).toMatch(/没有编码为 420102021 的街道；最接近的是 420102012/)
    await expect(runImport(test.database, mistyped)).rejects.toThrow(/420102021.*420102012/)
    await expect(runImport(test.database, { ...mistyped, street: '420102021=丹水池街道' })).rejects.toThrow('420102012')
    expect(await test.database`select from incident`).toHaveLength(0)
    expect(await runImport(test.database, { ...mistyped, newStreet: '420102021' })).toMatchObject({ inserted: 2 })
    expect(await streets()).toContainEqual(['420102021', '420102021', 2])
    // Known from now on.
    expect(await runImport(test.database, { ...mistyped, collection: 'facilities', file: devices })).toMatchObject({
      inserted: 1,
    })
  })

  it('is a question on the screen, and is not remembered for the next file where it is not known', async () => {
    await beginWithTwoGrids(test.database)
    const path = join(testFolder('street'), '工单.csv')
    writeFileSync(path, content)
    const file = { path, name: '工单.csv' }
    const asked = async (choices: object) => (await inspect(test.database, file, choices)).inspection.questions
    const [question] = await asked({ street: '420102021' })
    expect(question?.answers?.map(({ choices }) => choices)).toEqual([
      { street: '420102012' },
      { newStreet: '420102021' },
    ])
    expect(await asked({ street: '420102021', newStreet: '420102021' })).toEqual([])
    expect(await asked({ street: '420102012' })).toEqual([])

    const { signature } = (await inspect(test.database, file, {})).inspection
    await runImport(test.database, {
      collection: 'incidents',
      file: ledger,
      street: '420102021',
      newStreet: '420102021',
    })
    expect((await rememberedChoices(test.database, signature))?.choices).toEqual({
      collection: 'incidents',
      street: '420102021',
    })
    await test.database`delete from area where code = '420102021'`
    expect((await rememberedChoices(test.database, signature))?.choices).toEqual({ collection: 'incidents' })
    expect((await status()).incidentsWithoutStreet).toEqual([{ code: '420102021', incidents: 2 }])
  })
})
