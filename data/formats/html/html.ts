import { Parser } from 'htmlparser2'
import { FileProblem } from '../file-problem.ts'
import { limits, type Bytes, type FileChoices, type RowSource } from '../source-row.ts'
import { readSheets } from '../spreadsheet/read-sheets.ts'
import { SheetDocument, type SheetGatherer } from '../spreadsheet/sheet-document.ts'
import type { Encoding } from '../../domain/file-format.ts'
import { decode, isForgiving } from '../text/encoding.ts'
import { TableHandler } from './tables.ts'

/**
 * The tables of a web page as the sheets of a workbook: what many systems export under the name of .xls.
 *
 * @param forgiving what cannot be decoded is a fault of its row, and not of the file
 * @throws FileProblem when it has no table, or goes beyond the limits
 */
export async function readHtml(
  bytes: Bytes,
  choices: FileChoices,
  encoding: Encoding,
  forgiving = isForgiving(encoding),
): Promise<RowSource> {
  const file = bytes.name
  const document = await SheetDocument.read(file, (gatherer) =>
    parse(decode(bytes, encoding, forgiving), file, gatherer),
  )
  if (document.sheets.length === 0)
    throw new FileProblem(
      `“${file}”是网页，里面没有表格。请用 Excel 或 WPS 打开，另存为“Excel 工作簿（.xlsx）”后再导入`,
      `“${file}” is a web page without a table. Open it in Excel or WPS, save it as “Excel Workbook (.xlsx)” and import that`,
    )
  return readSheets(document.workbook('html'), choices)
}

/** Characters that are parsed at once. */
const pieceLength = 65_536

async function* parse(pieces: AsyncIterable<string>, file: string, gatherer: SheetGatherer): AsyncGenerator<void> {
  const handler = new TableHandler(gatherer, file)
  // Characters since something was last found: what the parser is holding back.
  let held = 0
  const found = () => (held = 0)
  const parser = new Parser(
    {
      onopentag: (name, attributes) => {
        found()
        handler.open(name, attributes)
      },
      onattribute: () => handler.attribute(),
      ontext: (text) => {
        found()
        handler.text(text)
      },
      onclosetag: (name) => {
        found()
        handler.close(name)
      },
      oncomment: found,
    },
    { decodeEntities: true },
  )
  for await (const text of pieces) {
    for (let at = 0; at < text.length; at += pieceLength) {
      const piece = text.slice(at, at + pieceLength)
      held += piece.length
      parser.write(piece)
      if (held > limits.row)
        throw new FileProblem(
          `网页“${file}”里有过长的标签，无法读取`,
          `The web page “${file}” holds a tag that is too long to be read`,
        )
    }
    yield
  }
  parser.end()
}
