import { FileProblem } from '../file-problem.ts'
import type { Bytes, FileChoices, RowSource } from '../source-row.ts'
import { readSheets } from '../spreadsheet/read-sheets.ts'
import type { Missing, SheetRow } from '../spreadsheet/workbook.ts'
import { parseEncoding } from '../text/encoding.ts'
import { CompoundFile, damagedWorkbook, type ByteStream } from './compound-file.ts'
import { readRecords } from './records.ts'
import { MergeHandler, SheetHandler, type CellContext } from './sheet.ts'
import { protectedWorkbook, readWorkbook, type SheetPart } from './workbook.ts'

/**
 * The rows of a workbook of Excel 97–2003 or of Excel 5 and 95 (.xls), as WPS and LibreOffice write it too.
 *
 * @throws FileProblem when it is another Office file, has a password, is damaged, or has no such sheet
 */
export async function readXls(bytes: Bytes, choices: FileChoices = {}): Promise<RowSource> {
  const file = bytes.name
  const stream = workbookStream(await CompoundFile.open(bytes), file)
  const encoding = choices.encoding === undefined ? null : parseEncoding(choices.encoding)
  const workbook = await readWorkbook(stream, file, encoding ?? undefined)
  const { sheets, since1904, styles, strings, isUnicode } = workbook
  const context = { file, since1904, styles, strings, isUnicode, decode: (text: Buffer) => workbook.decode(text) }
  return readSheets(
    {
      format: 'xls',
      file,
      sheets,
      since1904,
      rows: (sheet, missing) => rowsOf(stream, sheet, context, missing),
      merges: async ({ at }) => {
        const handler = new MergeHandler()
        for await (const _ of readRecords(stream, at, handler));
        return handler.merges
      },
    },
    choices,
  )
}

function workbookStream(container: CompoundFile, file: string): ByteStream {
  const stream = container.find('Workbook', 'Book')
  if (stream !== null) return stream
  // A workbook of today's form with a password is such a container.
  if (container.find('EncryptedPackage') !== null) throw protectedWorkbook(file)
  throw new FileProblem(
    `“${file}”不是 Excel 工作簿（可能是 Word 文档、幻灯片或其他旧版 Office 文件）。请把表格另存为“Excel 工作簿（.xlsx）”后再导入`,
    `“${file}” is no Excel workbook (perhaps a Word document, slides or another old Office file). Save the table as “Excel Workbook (.xlsx)” and import that`,
  )
}

async function* rowsOf(
  stream: ByteStream,
  { at }: SheetPart,
  context: CellContext,
  missing: Missing,
): AsyncGenerator<SheetRow[]> {
  const handler = new SheetHandler(context, missing)
  for await (const _ of readRecords(stream, at, handler)) {
    if (handler.rows.length === 0) continue
    yield handler.rows
    handler.rows = []
  }
  // A sheet that breaks off would be taken for a short one.
  if (!handler.done) throw damagedWorkbook(context.file)
}
