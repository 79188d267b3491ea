/** The database cannot be had; the message says in both languages what happened and what to do. */
export class StoreError extends Error {
  override readonly name = 'StoreError'
  constructor(zh: string, en: string, options?: ErrorOptions) {
    super(`${zh}\n${en}`, options)
  }
}
