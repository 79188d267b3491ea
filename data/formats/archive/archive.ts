import { isUtf8 } from 'node:buffer'
import { pipeline, Readable } from 'node:stream'
import { callbackify } from 'node:util'
import { crc32, createInflateRaw } from 'node:zlib'
import { fromRandomAccessReaderPromise, RandomAccessReader, type Entry, type ZipFile, getFileNameLowLevel } from 'yauzl'
import { FileProblem } from '../file-problem.ts'
import type { Bytes } from '../source-row.ts'

/**
 * What an archive may hold. A table of a million rows inflates to a gigabyte at most, and real content never more than
 * thirty-fold; deflate can pack a thousand zeros into one byte, which is what a bomb is made of.
 */
const archiveLimits = {
  entries: 10_000,
  /** Inflated bytes of all entries that are read; a sheet that is passed over several times counts once. */
  inflated: 2 ** 31,
  /** Inflated bytes over packed ones; counted from `smallBytes` on, so that a small blank sheet is no bomb. */
  ratio: 250,
  smallBytes: 16 * 2 ** 20,
} as const

export type ArchiveEntry = {
  name: string
  /** As the archive says. */
  size: number
}

/**
 * A zip archive, read without unpacking it: names first, then any entry as a stream. Whatever an archive can be
 * prepared with to do harm is refused: paths that lead out, links, passwords, entries that share bytes, bombs.
 */
export class Archive {
  readonly entries: readonly ArchiveEntry[]
  readonly #bytes: Bytes
  readonly #zip: ZipFile
  readonly #byName: ReadonlyMap<string, Entry>
  readonly #read = new Set<Entry>()
  #inflated = 0

  private constructor(bytes: Bytes, zip: ZipFile, byName: ReadonlyMap<string, Entry>) {
    this.#bytes = bytes
    this.#zip = zip
    this.#byName = byName
    this.entries = [...byName].map(([name, entry]) => ({ name, size: entry.uncompressedSize }))
  }

  /** @throws FileProblem when it is no archive, is incomplete, or holds what no data file holds */
  static async open(bytes: Bytes): Promise<Archive> {
    const { zip, entries } = await directoryOf(bytes)
    refuseEntries(entries, bytes.name)
    // Folders, and what macOS adds to every archive.
    const files = [...entries].filter(([name]) => !name.endsWith('/') && !/(^|\/)(__MACOSX\/|\.DS_Store$)/.test(name))
    return new Archive(bytes, zip, new Map(files))
  }

  /** The entry of that name, whatever its case; null when there is none. */
  find(name: string): ArchiveEntry | null {
    const wanted = name.toLowerCase()
    return this.entries.find((entry) => entry.name.toLowerCase() === wanted) ?? null
  }

  /**
   * An entry's content.
   *
   * @throws FileProblem when it is damaged or larger than it may be, as soon as that shows
   */
  async *read({ name }: ArchiveEntry): AsyncGenerator<Uint8Array> {
    const entry = this.#byName.get(name)
    if (entry === undefined) throw new RangeError(`no entry ${name}`)
    this.#refuseBomb(entry)
    let size = 0
    let sum = 0
    try {
      for await (const chunk of await this.#inflate(entry)) {
        size += chunk.length
        if (size > entry.uncompressedSize) throw damaged(this.#bytes.name)
        sum = crc32(chunk, sum)
        yield chunk
      }
    } catch (cause) {
      if (cause instanceof FileProblem || !isArchiveError(cause)) throw cause
      throw damaged(this.#bytes.name, cause)
    }
    if (size !== entry.uncompressedSize || sum !== entry.crc32) throw damaged(this.#bytes.name)
  }

  async #inflate(entry: Entry): Promise<AsyncIterable<Uint8Array>> {
    const { fileDataStart } = await this.#zip.readLocalFileHeaderPromise(entry, { minimal: true })
    const packed = this.#packed(fileDataStart, fileDataStart + entry.compressedSize)
    if (entry.compressionMethod === 0) return packed
    const inflate = createInflateRaw({ chunkSize: 65_536 })
    // Whoever stops reading destroys the stream, and with it the one behind; an error comes out while reading.
    pipeline(Readable.from(packed), inflate, () => {})
    return inflate
  }

  async *#packed(from: number, to: number): AsyncGenerator<Uint8Array> {
    for (let at = from; at < to; at += 262_144) yield await this.#bytes.read(at, Math.min(262_144, to - at))
  }

  /** What an entry says of itself decides whether it is read at all; that it is true is seen while reading. */
  #refuseBomb(entry: Entry): void {
    const { uncompressedSize, compressedSize } = entry
    const name = this.#bytes.name
    if (uncompressedSize > archiveLimits.smallBytes && uncompressedSize > compressedSize * archiveLimits.ratio)
      throw new FileProblem(
        `“${name}”展开后膨胀 ${archiveLimits.ratio} 倍以上，不像正常的数据文件（可能是压缩炸弹），已拒绝读取`,
        `“${name}” grows more than ${archiveLimits.ratio}-fold when unpacked, as no data file does (perhaps a zip bomb): it is refused`,
      )
    if (this.#read.has(entry)) return
    if (this.#inflated + uncompressedSize > archiveLimits.inflated)
      throw new FileProblem(
        `“${name}”展开后超过 ${archiveLimits.inflated / 2 ** 30} GiB，无法处理。请拆分，或另存为 CSV、GeoJSON`,
        `“${name}” is more than ${archiveLimits.inflated / 2 ** 30} GiB when unpacked: split it, or save it as CSV or GeoJSON`,
      )
    this.#read.add(entry)
    this.#inflated += uncompressedSize
  }
}

async function directoryOf(bytes: Bytes): Promise<{ zip: ZipFile; entries: Map<string, Entry> }> {
  try {
    // Names come undecoded, because yauzl knows no Chinese encoding.
    const options = { decodeStrings: false, autoClose: false }
    const zip = await fromRandomAccessReaderPromise(new BytesReader(bytes), bytes.size, options)
    if (zip.entryCount > archiveLimits.entries)
      throw new FileProblem(
        `“${bytes.name}”里有 ${zip.entryCount} 个文件，最多支持 ${archiveLimits.entries} 个`,
        `“${bytes.name}” holds ${zip.entryCount} files; at most ${archiveLimits.entries} can be read`,
      )
    const entries = new Map<string, Entry>()
    for await (const entry of zip.eachEntry()) {
      const name = entryName(entry)
      // Two of one name: programs differ in which they take, so one of them hides the other.
      if (entries.has(name)) throw damaged(bytes.name)
      entries.set(name, entry)
    }
    return { zip, entries }
  } catch (cause) {
    if (cause instanceof FileProblem || !isArchiveError(cause)) throw cause
    throw damaged(bytes.name, cause)
  }
}

/** yauzl and zlib complain of what they read in plain errors; a cancelled or failing disk says more and goes on up. */
function isArchiveError(error: unknown): boolean {
  return error instanceof Error && !('syscall' in error) && error.name !== 'AbortError'
}

function damaged(name: string, cause?: unknown): FileProblem {
  return new FileProblem(
    `“${name}”已损坏或不完整（可能没有下载完）。请重新获取，或在原软件中打开后另存`,
    `“${name}” is damaged or incomplete (perhaps not fully downloaded). Get it again, or open and save it again`,
    { cause },
  )
}

/** Bytes as yauzl reads them: in small parts close together, so one block is cached. */
class BytesReader extends RandomAccessReader {
  readonly #bytes: Bytes
  #block: Uint8Array = new Uint8Array()
  #start = 0

  constructor(bytes: Bytes) {
    super()
    this.#bytes = bytes
  }

  override read(
    buffer: Buffer,
    offset: number,
    length: number,
    position: number,
    callback: (error: Error | null, bytesRead?: number) => void,
  ): void {
    callbackify(() => this.#part(position, length))((error, part) => {
      if (error === null) buffer.set(part, offset)
      callback(error, part?.length)
    })
  }

  override close(callback: (error: Error | null) => void): void {
    callback(null)
  }

  async #part(position: number, length: number): Promise<Uint8Array> {
    if (position < this.#start || position + length > this.#start + this.#block.length) {
      this.#block = await this.#bytes.read(position, Math.max(length, 65_536))
      this.#start = position
    }
    return this.#block.subarray(position - this.#start, position - this.#start + length)
  }
}

/**
 * An entry's name: marked as UTF-8, or valid as it, or in the encoding of Chinese Windows; with the slashes that the
 * format asks for, where a program of Windows has written its own.
 */
function entryName(entry: Entry): string {
  return decodedName(entry).replaceAll('\\', '/')
}

function decodedName(entry: Entry): string {
  const raw = entry.fileNameRaw
  if (entry.extraFields.some(({ id }) => id === unicodePath) || isUtf8(raw))
    return getFileNameLowLevel(entry.generalPurposeBitFlag | utf8Flag, raw, entry.extraFields, true)
  return new TextDecoder('gb18030').decode(raw)
}

const unicodePath = 0x7075
const utf8Flag = 0x800

/** @throws FileProblem when an archive has what was made to harm, or what nobody can read without its password */
function refuseEntries(entries: ReadonlyMap<string, Entry>, archive: string): void {
  for (const [name, entry] of entries) {
    if (leadsOut(name) || isLink(entry))
      throw new FileProblem(
        `“${archive}”里的“${shown(name)}”指向压缩包之外，已拒绝读取。请重新打包，只放数据文件`,
        `“${shown(name)}” in “${archive}” leads out of the archive, which is refused. Pack it again, with the data files only`,
      )
    if (entry.isEncrypted())
      throw new FileProblem(
        `“${archive}”加了密码，无法读取。请解压后重新打包，不设密码`,
        `“${archive}” has a password. Unpack it and pack it again without one`,
      )
    if (!entry.canDecodeFileData())
      throw new FileProblem(
        `“${archive}”用了少见的压缩方式，无法读取。请用普通的 zip 方式重新打包`,
        `“${archive}” is packed by a rare method. Pack it again as an ordinary zip`,
      )
  }
  if (overlapping([...entries.values()]))
    throw new FileProblem(
      `“${archive}”里的几个文件共用同一段内容，不像正常的压缩包（可能是压缩炸弹），已拒绝读取`,
      `Files in “${archive}” share the same bytes, as in no ordinary archive (perhaps a zip bomb): it is refused`,
    )
}

function leadsOut(name: string): boolean {
  return /^[/~]|^[a-z]:|[\\\0]/i.test(name) || name.split('/').includes('..')
}

/** A symbolic link by its Unix mode. */
function isLink({ versionMadeBy, externalFileAttributes }: Entry): boolean {
  return versionMadeBy >>> 8 === 3 && externalFileAttributes >>> 28 === 0o12
}

/** Whether one entry's bytes begin before another's end (Fifield, “A better zip bomb”, WOOT 2019). */
function overlapping(entries: Entry[]): boolean {
  const localHeader = 30
  let end = 0
  for (const entry of entries.toSorted((a, b) => a.relativeOffsetOfLocalHeader - b.relativeOffsetOfLocalHeader)) {
    if (entry.relativeOffsetOfLocalHeader < end) return true
    end = entry.relativeOffsetOfLocalHeader + localHeader + entry.fileNameLength + entry.compressedSize
  }
  return false
}

function shown(name: string): string {
  const text = name.replaceAll('\0', '␀')
  return text.length <= 60 ? text : `${text.slice(0, 60)}…`
}
