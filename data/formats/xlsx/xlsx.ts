import { Archive } from '../archive/archive.ts'
import type { Bytes, FileChoices, RowSource } from '../source-row.ts'
import { readSheets } from '../spreadsheet/read-sheets.ts'
import type { Missing, SheetRow } from '../spreadsheet/workbook.ts'
import { readXml } from '../text/xml.ts'
import { readSharedStrings, readWorkbook, type SheetPart } from './package.ts'
import { readMerges, SheetHandler, type CellContext } from './sheet.ts'

/**
 * The rows of an Excel workbook (.xlsx, .xlsm).
 *
 * @throws FileProblem when it is no workbook, is damaged, or has no such sheet
 */
export async function readXlsx(bytes: Bytes, choices: FileChoices = {}): Promise<RowSource> {
  const file = bytes.name
  const archive = await Archive.open(bytes)
  const { sheets, since1904, styles, strings } = await readWorkbook(archive, file)
  const context = { file, since1904, styles, strings: await readSharedStrings(archive, strings, file) }
  return readSheets(
    {
      format: 'xlsx',
      file,
      sheets,
      since1904,
      rows: (sheet, missing) => rowsOf(archive, sheet, context, missing),
      merges: (sheet) => readMerges(archive, sheet.entry, context),
    },
    choices,
  )
}

async function* rowsOf(
  archive: Archive,
  { entry }: SheetPart,
  context: CellContext,
  missing: Missing,
): AsyncGenerator<SheetRow[]> {
  const handler = new SheetHandler(context, missing)
  for await (const _ of readXml(archive.read(entry), handler, context.file)) {
    if (handler.rows.length === 0) continue
    yield handler.rows
    handler.rows = []
  }
  if (handler.rows.length > 0) yield handler.rows
}
