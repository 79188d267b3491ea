import { expect, it } from 'vitest'
import { droppedFiles, inOrder } from './chosen-files.ts'

const named = (...names: string[]) => names.map((name) => new File(['x'], name))
const names = (files: readonly File[]) => files.map(({ name }) => name)

it('puts the .shp of a Shapefile first and leaves out files that are not read', () => {
  const folder = named(
    '网格.dbf',
    '网格.sbn',
    '网格.SHP',
    '网格.shp.xml',
    '网格.prj',
    '网格.qmd',
    '网格.cpg',
    '网格.shx',
  )
  expect(names(inOrder(folder))).toEqual(['网格.SHP', '网格.dbf', '网格.prj', '网格.cpg', '网格.shx'])
  expect(names(inOrder(named('区域.xml', 'b.csv')))).toEqual(['区域.xml', 'b.csv'])
})

const entry = (file: File) => ({ isFile: true, isDirectory: false, file: (take: (file: File) => void) => take(file) })
function folder(files: File[]) {
  const parts = [files.slice(0, 2), files.slice(2), []]
  const readEntries = (take: (entries: unknown[]) => void) => take((parts.shift() ?? []).map(entry))
  return { isFile: false, isDirectory: true, createReader: () => ({ readEntries }) }
}

it('reads the files of a dropped folder, which browsers return in parts', async () => {
  const inside = named('网格.shp', '网格.dbf', '网格.prj')
  const [plain] = named('说明.csv')
  const items = [folder(inside), entry(plain!)].map((of) => ({ webkitGetAsEntry: () => of }))
  const files = [...named('网格'), plain!]
  const transfer = { items, files } as unknown as DataTransfer
  expect(names(await droppedFiles(transfer))).toEqual(['网格.shp', '网格.dbf', '网格.prj', '说明.csv'])
})

it('returns dropped files where there is no folder', async () => {
  const files = named('a.csv')
  expect(await droppedFiles({ items: [{ webkitGetAsEntry: () => null }], files } as unknown as DataTransfer)).toEqual(
    files,
  )
})
