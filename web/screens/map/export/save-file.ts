/** Hands a file to the browser's downloads. */
export function saveFile(blob: Blob, name: string): void {
  const address = URL.createObjectURL(blob)
  const link = document.createElement('a')
  link.href = address
  link.download = name
  link.click()
  // The download has begun by then; an address kept for ever would keep the bytes for ever.
  window.setTimeout(() => URL.revokeObjectURL(address), 60_000)
}
