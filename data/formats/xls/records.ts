import type { ByteStream } from './compound-file.ts'

/** Numbers of the records that are read ([MS-XLS] 2.3; those of Excel 5 in the same document's predecessors). */
export const recordType = {
  formula: 0x06,
  endOfPart: 0x0a,
  dateMode: 0x22,
  password: 0x2f,
  continue: 0x3c,
  codePage: 0x42,
  sheet: 0x85,
  multipleRk: 0xbd,
  richLabel: 0xd6,
  cellFormat: 0xe0,
  joinedCells: 0xe5,
  sharedTexts: 0xfc,
  sharedText: 0xfd,
  number: 0x203,
  label: 0x204,
  booleanOrError: 0x205,
  text: 0x207,
  rk: 0x27e,
  numberFormat: 0x41e,
  beginOfPart: 0x809,
} as const

export type RecordHandler = {
  /** One record by its number, without its header. The bytes are gone after the call. */
  record: (type: number, data: Buffer) => void
  /** Whether what follows is of no interest. */
  readonly done: boolean
}

const windowSize = 262_144

/**
 * Reads the records of a workbook's stream from a position, calling the handler for each. It yields after each piece
 * of the stream, so that a caller can hand on what its handler has gathered.
 */
export async function* readRecords(stream: ByteStream, from: number, handler: RecordHandler): AsyncGenerator<void> {
  for (let position = from; !handler.done;) {
    // A record has 65,535 bytes at most: there is always a whole one.
    const bytes = await stream.read(position, windowSize)
    let at = 0
    while (at + 4 <= bytes.length && !handler.done) {
      const end = at + 4 + bytes.readUInt16LE(at + 2)
      if (end > bytes.length) break
      handler.record(bytes.readUInt16LE(at), bytes.subarray(at + 4, end))
      at = end
    }
    // What is left is no record, or part of one that the file has not whole.
    if (at === 0) return
    position += at
    yield
  }
}
