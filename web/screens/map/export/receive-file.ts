import { AnswerError } from '../../../api/problem.ts'

/** Fetches a file piece by piece. Throws `AnswerError` when the server says no, `TypeError` without a network. */
export async function receiveFile(
  path: string,
  signal: AbortSignal,
  onBytes: (received: number) => void,
): Promise<Blob> {
  const response = await fetch(path, { signal })
  if (!response.ok) {
    const isJson = response.headers.get('content-type')?.includes('json') ?? false
    throw new AnswerError(response.status, isJson ? await response.json() : {})
  }
  const pieces: Uint8Array<ArrayBuffer>[] = []
  let received = 0
  const reader = response.body!.getReader()
  for (;;) {
    // A stream comes one piece after the other.
    const { done, value } = await reader.read()
    if (done) break
    pieces.push(value)
    received += value.length
    onBytes(received)
  }
  return new Blob(pieces, { type: response.headers.get('content-type') ?? 'application/octet-stream' })
}
