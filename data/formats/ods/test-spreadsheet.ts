import { zip } from '../archive/test-zip.ts'

const names = ['office', 'table', 'text', 'style', 'calcext', 'draw']
  .map((name) => `xmlns:${name}="urn:${name}"`)
  .join(' ')

/** A spreadsheet of tables in their XML, with the styles that they may name. */
export function document(tables: string, styles = ''): Buffer {
  const content = `<?xml version="1.0" encoding="UTF-8"?><office:document-content ${names}><office:automatic-styles>${styles}</office:automatic-styles><office:body><office:spreadsheet>${tables}</office:spreadsheet></office:body></office:document-content>`
  return zip(
    { name: 'mimetype', content: 'application/vnd.oasis.opendocument.spreadsheet', stored: true },
    { name: 'content.xml', content },
    { name: 'META-INF/manifest.xml', content: '<manifest/>' },
  )
}

/** A spreadsheet of one table. */
export function spreadsheet(rows: readonly (readonly (string | number | null)[])[]): Buffer {
  const cells = rows.map((row) => row.map(cell).join(''))
  return document(
    `<table:table table:name="台账">${cells.map((row) => `<table:table-row>${row}</table:table-row>`).join('')}</table:table>`,
  )
}

function cell(value: string | number | null): string {
  if (value === null) return '<table:table-cell table:number-columns-repeated="1"/>'
  const type =
    typeof value === 'number' ? `office:value-type="float" office:value="${value}"` : 'office:value-type="string"'
  const text = String(value).replaceAll('&', '&amp;').replaceAll('<', '&lt;')
  return `<table:table-cell ${type}><text:p>${text}</text:p></table:table-cell>`
}
