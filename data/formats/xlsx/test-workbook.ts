import { zip, type ZipEntry } from '../archive/test-zip.ts'

/** A sheet by its XML: rows as `<row>` elements, and what stands after them. */
export type TestSheet = { name: string; rows: string; after?: string; state?: string }

const head = '<?xml version="1.0" encoding="UTF-8"?>'
/** Readers go by how these end and by no namespace. */
const relations = 'urn:relationships'
const main = 'urn:spreadsheet'

/** A workbook with just the parts that Excel needs. Styles: 0 general, 1 date, 2 date and time, then `formats`. */
export function workbook(
  sheets: readonly TestSheet[],
  more: { strings?: string; formats?: readonly string[]; since1904?: boolean; parts?: readonly ZipEntry[] } = {},
): Buffer {
  const { strings = '', formats = [], since1904 = false, parts = [] } = more
  const list = sheets.map(
    ({ name, state }, index) =>
      `<sheet name="${name}" sheetId="${index + 1}" r:id="r${index + 1}"${state === undefined ? '' : ` state="${state}"`}/>`,
  )
  const links = sheets.map(
    (_, index) =>
      `<Relationship Id="r${index + 1}" Type="${relations}/worksheet" Target="worksheets/sheet${index + 1}.xml"/>`,
  )
  const codes = formats.map(
    (code, index) => `<numFmt numFmtId="${164 + index}" formatCode="${code.replaceAll('"', '&quot;')}"/>`,
  )
  const styles = [0, 14, 22, ...formats.map((_, index) => 164 + index)].map((id) => `<xf numFmtId="${id}"/>`)
  return zip(
    { name: '[Content_Types].xml', content: `${head}<Types/>` },
    {
      name: '_rels/.rels',
      content: `${head}<Relationships><Relationship Id="a" Type="${relations}/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
    },
    {
      name: 'xl/workbook.xml',
      content: `${head}<workbook xmlns="${main}" xmlns:r="${relations}"><workbookPr${since1904 ? ' date1904="1"' : ''}/><sheets>${list.join('')}</sheets></workbook>`,
    },
    { name: 'xl/_rels/workbook.xml.rels', content: `${head}<Relationships>${links.join('')}</Relationships>` },
    {
      name: 'xl/styles.xml',
      content: `${head}<styleSheet><numFmts>${codes.join('')}</numFmts><cellStyleXfs><xf numFmtId="14"/></cellStyleXfs><cellXfs>${styles.join('')}</cellXfs></styleSheet>`,
    },
    { name: 'xl/sharedStrings.xml', content: `${head}<sst xmlns="${main}">${strings}</sst>` },
    ...sheets.map(({ rows, after = '' }, index) => ({
      name: `xl/worksheets/sheet${index + 1}.xml`,
      content: `${head}<worksheet xmlns="${main}"><dimension ref="A1:XFD1048576"/><sheetData>${rows}</sheetData>${after}</worksheet>`,
    })),
    ...parts,
  )
}

/** Rows of texts and numbers from the first line on; null leaves a cell out. */
export function rows(...table: readonly (readonly (string | number | null)[])[]): string {
  return table
    .map(
      (cells, index) =>
        `<row r="${index + 1}">${cells.map((cell, column) => cellOf(cell, `${letter(column)}${index + 1}`)).join('')}</row>`,
    )
    .join('')
}

function cellOf(cell: string | number | null, reference: string): string {
  if (cell === null) return ''
  if (typeof cell === 'number') return `<c r="${reference}"><v>${cell}</v></c>`
  return `<c r="${reference}" t="inlineStr"><is><t>${cell.replaceAll('&', '&amp;').replaceAll('<', '&lt;')}</t></is></c>`
}

function letter(column: number): string {
  return column < 26 ? String.fromCharCode(65 + column) : letter(Math.floor(column / 26) - 1) + letter(column % 26)
}
