import { FileProblem } from '../file-problem.ts'
import type { Bytes } from '../source-row.ts'

/** A stream of a compound file, of which any part can be read. */
export type ByteStream = { size: number; read: (offset: number, length: number) => Promise<Buffer> }

/** Entries of the directory that are looked at; a workbook has a few dozen. */
const maximumEntries = 4_096
/** Bytes that are read from disk at once, and how many such blocks are held. */
const blockSize = 65_536
const heldBlocks = 32
/** Bytes read from disk over bytes asked for: more where the sectors of a stream lie all over the file on purpose. */
const mostWasted = 6

/** Sectors from here on say what a sector is, not where the next one lies ([MS-CFB] 2.1). */
const lastRegular = 0xffff_fffa
const endOfChain = 0xffff_fffe
const noEntry = 0xffff_ffff

/**
 * The container of old Office files ([MS-CFB]): streams in chains of sectors, a directory of them, and tables of which
 * sector follows which. Streams are read without holding the file in memory.
 */
export class CompoundFile {
  readonly #bytes: Bytes
  readonly #blocks: Blocks
  #sectorSize = 512
  /** The sector that follows each sector, and the same of small sectors. */
  #next: Uint32Array = new Uint32Array()
  #nextSmall: Uint32Array = new Uint32Array()
  #smallLimit = 4_096
  #smallSectors: ByteStream | null = null
  readonly #streams = new Map<string, { start: number; size: number }>()

  private constructor(bytes: Bytes) {
    this.#bytes = bytes
    this.#blocks = new Blocks(bytes)
  }

  /** @throws FileProblem when it is damaged: chains in a circle, sectors beyond the file */
  static async open(bytes: Bytes): Promise<CompoundFile> {
    const file = new CompoundFile(bytes)
    const header = await file.#blocks.read(0, 512)
    if (header.length < 512 || header.readUInt32BE(0) !== 0xd0cf_11e0) throw file.#damaged()
    const shift = header.readUInt16LE(30)
    if (shift !== 9 && shift !== 12) throw file.#damaged()
    file.#sectorSize = 2 ** shift
    file.#smallLimit = header.readUInt32LE(56)
    file.#next = await file.#sectorTable(header)
    const root = await file.#directory(header.readUInt32LE(48))
    file.#nextSmall = await file.#smallTable(header.readUInt32LE(60))
    file.#smallSectors = file.#stream(root.start, root.size, false)
    return file
  }

  /** The first of these streams of the root that there is, whatever its case; null when there is none. */
  find(...names: readonly string[]): ByteStream | null {
    for (const name of names) {
      const found = this.#streams.get(name.toLowerCase())
      if (found !== undefined) return this.#stream(found.start, found.size, found.size < this.#smallLimit)
    }
    return null
  }

  /** The table of sectors, whose own sectors the header lists, and after the first 109 a chain of sectors. */
  async #sectorTable(header: Buffer): Promise<Uint32Array> {
    const perSector = this.#sectorSize / 4
    const count = header.readUInt32LE(44)
    // A table for more sectors than the file has.
    if (count * perSector * this.#sectorSize > this.#bytes.size + 2 * perSector * this.#sectorSize)
      throw this.#damaged()
    const places: number[] = []
    for (let at = 76; at < 512 && places.length < count; at += 4) places.push(header.readUInt32LE(at))
    let more = header.readUInt32LE(68)
    while (places.length < count) {
      // Each sector of the list adds to it, so that a circle ends too.
      const list = await this.#sector(more)
      for (let index = 0; index < perSector - 1 && places.length < count; index++)
        places.push(list.readUInt32LE(index * 4))
      more = list.readUInt32LE(this.#sectorSize - 4)
    }
    const table = new Uint32Array(count * perSector)
    for (const [index, place] of places.entries()) {
      const sector = await this.#sector(place)
      for (let at = 0; at < perSector; at++) table[index * perSector + at] = sector.readUInt32LE(at * 4)
    }
    return table
  }

  async #smallTable(start: number): Promise<Uint32Array> {
    if (start >= lastRegular) return new Uint32Array()
    const { size, read } = this.#stream(start, null, false)
    const bytes = await read(0, size)
    return Uint32Array.from({ length: bytes.length >> 2 }, (_, index) => bytes.readUInt32LE(index * 4))
  }

  /** Notes the streams that the root holds itself, not those of objects embedded in it, and returns where it lies. */
  async #directory(start: number): Promise<{ start: number; size: number }> {
    const { size, read } = this.#stream(start, null, false)
    const bytes = await read(0, Math.min(size, maximumEntries * 128))
    const entry = (index: number) => bytes.subarray(index * 128, index * 128 + 128)
    const root = entry(0)
    if (root.length < 128) throw this.#damaged()
    // A tree by name: left and right beside each entry, the first one below the root.
    const seen = new Set<number>()
    const waiting = [root.readUInt32LE(76)]
    for (let index = waiting.pop(); index !== undefined; index = waiting.pop()) {
      const found = entry(index)
      if (index === noEntry || seen.has(index) || found.length < 128) continue
      seen.add(index)
      waiting.push(found.readUInt32LE(68), found.readUInt32LE(72))
      const name = found.toString('utf16le', 0, Math.min(64, Math.max(0, found.readUInt16LE(64) - 2)))
      const isStream = found.readUInt8(66) === 2
      if (isStream || !this.#streams.has(name.toLowerCase()))
        this.#streams.set(name.toLowerCase(), { start: found.readUInt32LE(116), size: found.readUInt32LE(120) })
    }
    return { start: root.readUInt32LE(116), size: root.readUInt32LE(120) }
  }

  /** @param size null where only its chain says how long it is */
  #stream(start: number, size: number | null, small: boolean): ByteStream {
    const sectorSize = small ? 64 : this.#sectorSize
    const chain = this.#chain(start, small ? this.#nextSmall : this.#next, size === null ? null : size / sectorSize)
    const whole = small ? this.#smallSectors : null
    const readAt = (offset: number, length: number) =>
      whole === null ? this.#blocks.read(offset, length) : whole.read(offset, length)
    const base = small ? 0 : sectorSize
    const length = Math.min(size ?? Infinity, chain.length * sectorSize)
    return {
      size: length,
      read: async (offset, wanted) => {
        const end = Math.min(offset + wanted, length)
        const parts: Buffer[] = []
        for (let at = offset; at < end;) {
          // Sectors that follow each other are read at once.
          const first = Math.floor(at / sectorSize)
          let last = first
          while ((last + 1) * sectorSize < end && chain[last + 1] === (chain[last] ?? 0) + 1) last++
          const until = Math.min(end, (last + 1) * sectorSize)
          const part = await readAt(base + (chain[first] ?? 0) * sectorSize + (at % sectorSize), until - at)
          if (part.length < until - at) throw this.#damaged()
          parts.push(part)
          at = until
        }
        return parts.length === 1 ? (parts[0] ?? Buffer.alloc(0)) : Buffer.concat(parts)
      },
    }
  }

  /** The sectors of a stream in their order. */
  #chain(start: number, table: Uint32Array, needed: number | null): Uint32Array {
    const most = Math.min(table.length, needed === null ? Infinity : Math.ceil(needed))
    const chain = new Uint32Array(most)
    const seen = new Uint8Array(table.length)
    let length = 0
    for (let sector = start; sector < lastRegular && length < most; sector = table[sector] ?? endOfChain) {
      // Chains in a circle have no end.
      if (sector >= table.length || seen[sector] === 1) throw this.#damaged()
      seen[sector] = 1
      chain[length++] = sector
    }
    return chain.subarray(0, length)
  }

  async #sector(sector: number): Promise<Buffer> {
    if (sector >= lastRegular) throw this.#damaged()
    const bytes = await this.#blocks.read((sector + 1) * this.#sectorSize, this.#sectorSize)
    if (bytes.length === this.#sectorSize) return bytes
    throw this.#damaged()
  }

  #damaged(): FileProblem {
    return damagedWorkbook(this.#bytes.name)
  }
}

export function damagedWorkbook(name: string): FileProblem {
  return new FileProblem(
    `“${name}”已损坏或不完整（可能没有下载完）。请重新获取，或在 Excel、WPS 中打开后另存为“Excel 工作簿（.xlsx）”`,
    `“${name}” is damaged or incomplete (perhaps not fully downloaded). Get it again, or open it in Excel or WPS and save it as “Excel Workbook (.xlsx)”`,
  )
}

/** Parts of a file, read from disk in blocks of which the last few are held. */
class Blocks {
  readonly #bytes: Bytes
  readonly #held = new Map<number, Buffer>()
  #asked = 0
  #fetched = 0

  constructor(bytes: Bytes) {
    this.#bytes = bytes
  }

  async read(offset: number, length: number): Promise<Buffer> {
    const end = Math.min(offset + length, this.#bytes.size)
    if (end <= offset) return Buffer.alloc(0)
    this.#asked += end - offset
    const parts: Buffer[] = []
    for (let at = offset; at < end;) {
      const number = Math.floor(at / blockSize)
      const block = await this.#block(number)
      const part = block.subarray(at - number * blockSize, end - number * blockSize)
      if (part.length === 0) break
      parts.push(part)
      at += part.length
    }
    return parts.length === 1 ? (parts[0] ?? Buffer.alloc(0)) : Buffer.concat(parts)
  }

  async #block(number: number): Promise<Buffer> {
    const held = this.#held.get(number)
    if (held !== undefined) return held
    const bytes = await this.#bytes.read(number * blockSize, blockSize)
    const block = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length)
    this.#fetched += block.length
    if (this.#fetched > this.#asked * mostWasted + 64 * blockSize) throw damagedWorkbook(this.#bytes.name)
    const [oldest] = this.#held.keys()
    if (this.#held.size >= heldBlocks && oldest !== undefined) this.#held.delete(oldest)
    this.#held.set(number, block)
    return block
  }
}
