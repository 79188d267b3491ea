import { answerOf } from './fetch.ts'

/**
 * Downloads a file and reports the bytes received.
 * @throws AnswerError when the server refuses, TypeError without a network
 */
export async function receiveFile(
  path: string,
  signal: AbortSignal,
  onBytes: (received: number) => void = () => {},
): Promise<Blob> {
  const response = await answerOf(path, '*/*', { signal })
  const chunks: Uint8Array<ArrayBuffer>[] = []
  let received = 0
  const reader = response.body!.getReader()
  for (;;) {
    const { done, value } = await reader.read()
    if (done) break
    chunks.push(value)
    received += value.length
    onBytes(received)
  }
  return new Blob(chunks, { type: response.headers.get('content-type') ?? 'application/octet-stream' })
}

/** Saves a file as a download of the browser. */
export function saveFile(blob: Blob, name: string): void {
  const address = URL.createObjectURL(blob)
  const link = document.createElement('a')
  link.href = address
  link.download = name
  link.click()
  // The download has started by then; an object URL holds the bytes in memory until it is revoked.
  window.setTimeout(() => URL.revokeObjectURL(address), 60_000)
}
