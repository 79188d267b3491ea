import { Zip, ZipPassThrough } from 'fflate'

/** A ZIP file of files that are compressed already; one at a time is held in memory. */
export class ZipFile {
  readonly #parts: Blob[] = []
  readonly #zip: Zip
  #error: Error | null = null

  constructor() {
    this.#zip = new Zip((error, data) => {
      if (error !== null) this.#error = error
      else this.#parts.push(new Blob([new Uint8Array(data)]))
    })
  }

  /** @throws Error when the archive cannot take the file */
  async add(name: string, file: Blob): Promise<void> {
    const entry = new ZipPassThrough(name)
    this.#zip.add(entry)
    entry.push(new Uint8Array(await file.arrayBuffer()), true)
    if (this.#error !== null) throw this.#error
  }

  finish(): Blob {
    this.#zip.end()
    if (this.#error !== null) throw this.#error
    return new Blob(this.#parts, { type: 'application/zip' })
  }
}
