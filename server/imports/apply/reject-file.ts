import { open, type FileHandle } from 'node:fs/promises'

/** Where the rejected rows go, as the reader writes them; made when there is a first one. */
export class RejectFile {
  readonly path: string
  #file: FileHandle | null = null
  #written = false

  constructor(path: string) {
    this.path = path
  }

  /** Whether a file was made. */
  get written(): boolean {
    return this.#written
  }

  /** Forgets what was written: the rejected rows are said again. */
  async restart(): Promise<void> {
    await this.close()
    this.#written = false
  }

  /** @throws Error where the disk is full or the folder gone: the import then fails, and nothing else does */
  async append(bytes: Uint8Array): Promise<void> {
    if (this.#file === null) {
      // Only the person who imports may read what they were refused.
      this.#file = await open(this.path, this.#written ? 'a' : 'w', 0o600)
      this.#written = true
    }
    await this.#file.writeFile(bytes)
  }

  async close(): Promise<void> {
    await this.#file?.close()
    this.#file = null
  }
}
