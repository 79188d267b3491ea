import { Archive, type ArchiveEntry } from '../archive/archive.ts'
import { FileProblem } from '../file-problem.ts'
import type { Bytes, FileChoices, RowSource } from '../source-row.ts'
import { readSheets } from '../spreadsheet/read-sheets.ts'
import { SheetDocument } from '../spreadsheet/sheet-document.ts'
import { readXml } from '../text/xml.ts'
import { ContentHandler } from './content.ts'

/**
 * The rows of an OpenDocument spreadsheet (.ods, ISO/IEC 26300).
 *
 * @throws FileProblem when it has a password, is damaged, or has no such sheet
 */
export async function readOds(bytes: Bytes, choices: FileChoices = {}): Promise<RowSource> {
  const file = bytes.name
  const archive = await Archive.open(bytes)
  await refuseProtected(archive, file)
  const content = archive.find('content.xml')
  if (content === null)
    throw new FileProblem(
      `“${file}”里没有表格内容（content.xml），文件可能已损坏。请重新保存`,
      `“${file}” has no content.xml: it may be damaged. Save it again`,
    )
  const document = await SheetDocument.read(file, (gatherer) =>
    readXml(archive.read(content), new ContentHandler(gatherer), file),
  )
  return readSheets(document.workbook('ods'), choices)
}

/** Characters of the list of parts that are looked through. */
const listLength = 1_000_000

async function refuseProtected(archive: Archive, file: string): Promise<void> {
  const list = archive.find('META-INF/manifest.xml')
  if (list === null || !(await textOf(archive, list)).includes('encryption-data')) return
  throw new FileProblem(
    `“${file}”加了密码，无法读取。请打开后去掉密码另存，再导入`,
    `“${file}” has a password. Open it, save it without one and import that`,
  )
}

async function textOf(archive: Archive, entry: ArchiveEntry): Promise<string> {
  let text = ''
  for await (const chunk of archive.read(entry)) {
    text += Buffer.from(chunk).toString('latin1')
    if (text.length > listLength) break
  }
  return text
}
