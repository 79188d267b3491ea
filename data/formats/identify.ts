import type { FileFormat } from '../domain/file-format.ts'
import { Archive } from './archive/archive.ts'
import { headOf } from './text/encoding.ts'
import { FileProblem } from './file-problem.ts'
import type { Bytes } from './source-row.ts'

/**
 * What a file is: by its first bytes where they prove it, by its name where they do not.
 *
 * @throws FileProblem when it is something that cannot be read, with what to do about it
 */
export async function identify(bytes: Bytes): Promise<FileFormat> {
  const head = Buffer.from(await headOf(bytes))
  const start = head.subarray(0, 16).toString('latin1')
  if (['PK\u0003\u0004', 'PK\u0005\u0006', 'PK\u0007\u0008'].includes(start.slice(0, 4))) return archived(bytes)
  if (start.startsWith('SQLite format 3')) return 'geopackage'
  if (start.startsWith('\u0000\u0000\u0027\u000a') || /\.(shp|dbf)$/i.test(bytes.name)) return 'shapefile'
  if (start.includes('OSMHeader')) return 'osm'
  if (start.startsWith('\u00d0\u00cf\u0011\u00e0')) return 'xls'
  refuseKnown(start, bytes.name)
  return markedUp(head, bytes.name) ?? plainText(head, bytes.name)
}

/** An archive by what it holds. */
async function archived(bytes: Bytes): Promise<FileFormat> {
  const archive = await Archive.open(bytes)
  const names = archive.entries.map(({ name }) => name.toLowerCase())
  const has = (pattern: RegExp) => names.some((name) => pattern.test(name))
  if (has(/^xl\/|^\/?workbook\.xml$/)) return 'xlsx'
  if (has(/\.kml$/)) return 'kml'
  if (has(/\.(shp|dbf)$/)) return 'shapefile'
  const name = bytes.name
  if (has(/\.gdbtable$/))
    throw new FileProblem(
      `“${name}”是 ArcGIS 的文件地理数据库（.gdb），无法直接读取。请在 ArcGIS 或 QGIS 中把图层另存为 GeoPackage 或 Shapefile 后再导入`,
      `“${name}” is an Esri file geodatabase (.gdb), which cannot be read here. Save its layers as GeoPackage or Shapefile in ArcGIS or QGIS and import those`,
    )
  if ((await mediaType(archive)).includes('opendocument.spreadsheet')) return 'ods'
  if (has(/^(word|ppt)\//) || has(/^mimetype$/) || has(/^content\.xml$/))
    throw new FileProblem(
      `“${name}”是文字文档或幻灯片，不是表格。请把表格另存为“Excel 工作簿（.xlsx）”后再导入`,
      `“${name}” is a text document or slides, no spreadsheet. Save the table as “Excel Workbook (.xlsx)” and import that`,
    )
  throw new FileProblem(
    `压缩包“${name}”里没有 Shapefile 或 KML。请解压，把里面的数据文件逐个导入`,
    `The archive “${name}” holds neither a Shapefile nor KML. Unpack it and import the data files one by one`,
  )
}

/** What an OpenDocument says it is, in its first entry; empty for other archives. */
async function mediaType(archive: Archive): Promise<string> {
  const entry = archive.find('mimetype')
  if (entry === null || entry.size > 200) return ''
  const chunks: Uint8Array[] = []
  for await (const chunk of archive.read(entry)) chunks.push(chunk)
  return Buffer.concat(chunks).toString('latin1')
}

function refuseKnown(start: string, name: string): void {
  if (isBareWorkbook(start))
    throw new FileProblem(
      `“${name}”是 1995 年以前的 Excel 文件，无法读取。请在 Excel 或 WPS 中打开，另存为“Excel 工作簿（.xlsx）”后再导入`,
      `“${name}” is a workbook of Excel before 1995, which cannot be read here. Open it in Excel or WPS, save it as “Excel Workbook (.xlsx)” and import that`,
    )
  const geodata = foreignGeodata.find(([signature]) => signature.test(start))?.[1]
  if (geodata !== undefined)
    throw new FileProblem(
      `“${name}”是 ${geodata} 文件，无法直接读取。请在 QGIS 或 ArcGIS 中打开，另存为 GeoPackage、Shapefile 或 GeoJSON 后再导入`,
      `“${name}” is a ${geodata} file, which cannot be read here. Open it in QGIS or ArcGIS, save it as GeoPackage, Shapefile or GeoJSON and import that`,
    )
  const other = signatures.find(([signature]) => start.startsWith(signature))
  if (other === undefined) return
  throw new FileProblem(
    `“${name}”是${other[1]}，不是表格或地理数据。请导入 Excel（.xlsx）、CSV、GeoJSON 等文件`,
    `“${name}” is ${other[2]}, not a table or geodata. Import an Excel workbook (.xlsx), CSV, GeoJSON or the like`,
  )
}

/** Excel 2 to 5 without a compound document around it: a record that begins a sheet. */
function isBareWorkbook(start: string): boolean {
  const [record, version, length, high] = Buffer.from(start, 'latin1')
  return record === 9 && [0, 2, 4, 8].includes(version ?? 9) && [4, 6, 8, 16].includes(length ?? 0) && high === 0
}

/** What GIS and CAD programs write that has other readers. */
const foreignGeodata: [RegExp, string][] = [
  [/^AC10\d\d/, 'CAD（DWG）'],
  [/^\s*0\r?\n\s*SECTION/, 'CAD（DXF）'],
  [/^AutoCAD Binary/, 'CAD（DXF）'],
  [/^fgb/, 'FlatGeobuf'],
  [/^!table|^version\s+\d{3}/i, 'MapInfo'],
  [/^PMTiles/, 'PMTiles'],
  [/^PAR1/, 'Parquet'],
]

const signatures: [string, string, string][] = [
  ['%PDF', ' PDF 文档', 'a PDF document'],
  ['\u0089PNG', '图片', 'a picture'],
  ['\u00ff\u00d8\u00ff', '图片', 'a picture'],
  ['GIF8', '图片', 'a picture'],
  ['\u001f\u008b', ' gzip 压缩文件', 'a gzip archive'],
  ['BZh', ' bzip2 压缩文件', 'a bzip2 archive'],
  ['\u00fd7zXZ', ' xz 压缩文件', 'an xz archive'],
  ['Rar!', ' RAR 压缩文件', 'a RAR archive'],
  ['7z\u00bc\u00af', ' 7z 压缩文件', 'a 7z archive'],
  ['\u007fELF', '程序', 'a program'],
  ['MZ\u0090', '程序', 'a program'],
]

/** What a web page, or the part of one that an export is, can begin with. */
const page = /^<(html|head|body|table|meta|style|title|div|center|form|font|span|p)\b/i

/** XML and HTML by their first element. */
function markedUp(head: Buffer, name: string): FileFormat | null {
  const text = textOf(head)
  if (!/^<(\?xml|!doctype|!--|(\w+:)?(kml|osm|osmChange|workbook)\b)/i.test(text) && !page.test(text)) return null
  const element = /<(?:\w+:)?(kml|osm|osmChange|html|table|Workbook)\b/i.exec(text)?.[1]?.toLowerCase()
  if (element === 'kml') return 'kml'
  if (element === 'osm') return 'osm'
  if (element === 'html' || element === 'table' || page.test(text)) return 'html'
  if (element === 'workbook')
    throw new FileProblem(
      `“${name}”虽然按表格命名，内容却是 XML。请用 Excel 或 WPS 打开，另存为“Excel 工作簿（.xlsx）”后再导入`,
      `“${name}” is named as a table, but holds XML. Open it in Excel or WPS, save it as “Excel Workbook (.xlsx)” and import that`,
    )
  throw new FileProblem(
    `“${name}”是 XML，但不是 KML 或 OSM，无法读取。请另存为 Excel（.xlsx）、CSV 或 GeoJSON`,
    `“${name}” is XML, but neither KML nor OSM. Save it as an Excel workbook (.xlsx), CSV or GeoJSON`,
  )
}

function plainText(head: Buffer, name: string): FileFormat {
  const geodata = /\.(kml|kmz|gpkg|osm|pbf|zip)$/i.exec(name)?.[1]
  if (geodata !== undefined)
    throw new FileProblem(
      `“${name}”的内容不是 ${geodata.toLowerCase()}：文件已损坏，或改过扩展名`,
      `“${name}” does not hold what .${geodata.toLowerCase()} files do: it is damaged, or has been renamed`,
    )
  if (/\.(geo)?json(l|s|seq)?$|\.ndjson$/i.test(name)) return 'geojson'
  if (/\.(csv|tsv|txt|tab)$/i.test(name)) return 'csv'
  // Records of RFC 8142 begin with a separator.
  return textOf(head).replace('\u001e', '').trimStart().startsWith('{') ? 'geojson' : 'csv'
}

/** The beginning as text, whichever Unicode form it has; other encodings agree in what is looked for. */
function textOf(head: Buffer): string {
  const wide = head[0] === 0xff && head[1] === 0xfe
  return head
    .subarray(0, 4096)
    .toString(wide ? 'utf16le' : 'utf8')
    .replace('\ufeff', '')
    .trimStart()
}
