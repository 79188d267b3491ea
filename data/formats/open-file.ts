import { encodings, fileFormats, type Encoding, type FileFormat } from '../domain/file-format.ts'
import type { Label } from '../domain/label.ts'
import { ColumnSamples, type ColumnKind } from './columns/column-samples.ts'
import { decode, detectEncoding, headOf, isForgiving, parseEncoding } from './text/encoding.ts'
import { FileProblem } from './file-problem.ts'
import { identify } from './identify.ts'
import type { Bytes, FileChoices, FileLayer, Question, RowSource } from './source-row.ts'

type Reader = (bytes: Bytes, choices: FileChoices) => Promise<RowSource>

/** A reader for each format, loaded when a file has it: each brings libraries that take memory. */
const readers: Record<FileFormat, () => Promise<Reader>> = {
  xlsx: async () => (await import('./xlsx/xlsx.ts')).readXlsx,
  xls: async () => (await import('./xls/xls.ts')).readXls,
  ods: async () => (await import('./ods/ods.ts')).readOds,
  html: async () => {
    const { readHtml } = await import('./html/html.ts')
    return async (bytes, choices) => {
      const encoding = await encodingOf(bytes, choices)
      return readHtml(bytes, choices, encoding, readsForgivingly(encoding, choices))
    }
  },
  csv: async () => {
    const { readCsv } = await import('./csv/csv.ts')
    return async (bytes, choices) => {
      const encoding = await encodingOf(bytes, choices)
      const forgiving = readsForgivingly(encoding, choices)
      return readCsv(decode(bytes, encoding, forgiving), choices, forgiving ? encoding : null)
    }
  },
  shapefile: async () => (await import('./shapefile/shapefile.ts')).readShapefile,
  geopackage: async () => (await import('./geopackage/geopackage.ts')).readGeopackage,
  kml: async () => {
    const { readKml } = await import('./kml/kml.ts')
    return async (bytes, choices) =>
      readKml(bytes, choices.encoding !== undefined && choices.forgiving ? await encodingOf(bytes, choices) : null)
  },
  osm: async () => (await import('./osm/osm.ts')).readOsm,
  geojson: async () => {
    const { readGeojson } = await import('./geojson/geojson.ts')
    return async (bytes, choices) => {
      const encoding = await encodingOf(bytes, choices)
      const forgiving = readsForgivingly(encoding, choices)
      return readGeojson(decode(bytes, encoding, forgiving), forgiving)
    }
  },
}

/** Whether text that its encoding does not know is a fault of its row. */
function readsForgivingly(encoding: Encoding, { forgiving }: FileChoices): boolean {
  return isForgiving(encoding) || forgiving === true
}

/**
 * Opens a file of any known format at its first row.
 *
 * @throws FileProblem when it is of no known format, a choice cannot be meant, or a question has no answer (encoding)
 */
export async function openFile(bytes: Bytes, choices: FileChoices = {}): Promise<RowSource> {
  const read = await readers[await identify(bytes)]()
  return read(bytes, choices)
}

/** Which of its formats a file has, and the encoding of one that is text: what need not be found out again at each opening. */
export type FileIdentity = { format: FileFormat; encoding: Encoding | null }

/** @throws FileProblem as `openFile` does */
export async function identifyFile(bytes: Bytes, choices: FileChoices = {}): Promise<FileIdentity> {
  const format = await identify(bytes)
  return { format, encoding: fileFormats[format].encoding === 'found' ? await encodingOf(bytes, choices) : null }
}

/** What a file holds, as far as its beginning shows: for a person to confirm or to correct before it is read. */
export type FileDescription = FileIdentity & {
  /** How the encoding is known; null where the format says it. */
  proof: Label | null
  /** The rows that the column names were taken from, and how many; null in features. */
  header: { row: number; rows: number } | null
  /** What separates the cells of a text table. */
  delimiter: string | null
  layers: readonly FileLayer[]
  /** Each column with the first few of its values, in the words of the file, and what most of them are. */
  columns: readonly { name: string; samples: readonly string[]; kind: ColumnKind }[]
  /** What the file says of its coordinate system; null where it says nothing. */
  crs: string | null
  notes: readonly Label[]
  /** What only a person can say; the import cannot begin before. */
  questions: readonly Question[]
}

const sampleRows = 100

/** @throws FileProblem when the file cannot be read at all */
export async function describeFile(bytes: Bytes, choices: FileChoices = {}): Promise<FileDescription> {
  const identity = await identifyFile(bytes, choices)
  const source = await openFile(bytes, { ...choices, encoding: identity.encoding ?? choices.encoding })
  const samples = new ColumnSamples()
  let rows = 0
  for await (const batch of source.batches) {
    for (const { cells } of batch.slice(0, sampleRows - rows)) samples.add(cells)
    rows += batch.length
    if (rows >= sampleRows) break
  }
  return {
    ...identity,
    proof:
      identity.encoding === null
        ? null
        : proofOf(identity.encoding, choices.encoding !== undefined, await headOf(bytes)),
    header: source.header ?? null,
    delimiter: source.delimiter ?? null,
    layers: source.layers ?? [],
    columns: source.columns.map((name, column) => samples.describe(name, column)),
    crs: source.crs,
    notes: source.notes,
    questions: source.questions ?? [],
  }
}

/** How an encoding is known. */
function proofOf(encoding: Encoding, said: boolean, head: Uint8Array): Label {
  if (said) return { zh: '由人指定', en: 'as given' }
  if (
    (head[0] === 0xef && head[1] === 0xbb) ||
    (head[0] === 0xff && head[1] === 0xfe) ||
    (head[0] === 0xfe && head[1] === 0xff)
  )
    return { zh: '文件开头有字节顺序标记（BOM）', en: 'the file begins with a byte-order mark' }
  switch (encoding) {
    case 'utf-8':
      return { zh: '全部字节都是有效的 UTF-8', en: 'every byte is valid UTF-8' }
    case 'gb18030':
      return {
        zh: '不是 UTF-8，按 GB18030（含 GBK）解码后绝大多数是常用汉字',
        en: 'not UTF-8; nearly all of it is common Chinese as GB18030 (GBK)',
      }
    case 'utf-16le':
    case 'utf-16be':
      return { zh: '字符之间有规律的零字节', en: 'zero bytes stand regularly between the characters' }
    case 'big5':
      return {
        zh: '不是 UTF-8 和 GBK，按 Big5 解码后绝大多数是常用繁体字',
        en: 'neither UTF-8 nor GBK; nearly all of it is common traditional Chinese as Big5',
      }
  }
}

async function encodingOf(bytes: Bytes, { encoding: name }: FileChoices): Promise<Encoding> {
  const encoding = name === undefined ? await detectEncoding(bytes) : parseEncoding(name)
  if (encoding !== null) return encoding
  throw new FileProblem(
    `--encoding ${name}：不认识这个编码。可用：${encodings.join('、')}`,
    `--encoding ${name}: unknown. Use ${encodings.join(', ')}`,
  )
}
