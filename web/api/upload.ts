import type { Problem } from '@minqing/data/domain/problem'
import { afterSignIn, AnswerError } from './fetch.ts'

/**
 * Sends a file as it is, and reports which share has been sent.
 *
 * @throws AnswerError, or TypeError without a network
 */
export function uploadFile<Body>(
  file: File,
  address: string,
  onSent: (share: number) => void,
  signal: AbortSignal,
): Promise<Body> {
  return afterSignIn(address, signal, () => upload<Body>(file, address, onSent, signal))
}

function upload<Body>(
  file: File,
  address: string,
  onSent: (share: number) => void,
  signal: AbortSignal,
): Promise<Body> {
  // The one interface that reports how much of a body has been sent.
  const request = new XMLHttpRequest()
  return new Promise((resolve, reject) => {
    request.open('POST', address)
    request.setRequestHeader('content-disposition', `attachment; filename*=${encodeExtended(file.name)}`)
    request.setRequestHeader('content-type', 'application/octet-stream')
    request.setRequestHeader('accept-language', document.documentElement.lang)
    request.responseType = 'json'
    request.upload.addEventListener('progress', ({ loaded, total }) => onSent(total > 0 ? loaded / total : 0))
    request.addEventListener('load', () => {
      if (request.status < 400) resolve(request.response as Body)
      else reject(new AnswerError(request.status, (request.response ?? {}) as Partial<Problem>))
    })
    request.addEventListener('error', () => reject(new TypeError('the server cannot be reached')))
    request.addEventListener('abort', () => reject(new DOMException('given up', 'AbortError')))
    signal.addEventListener('abort', () => request.abort())
    request.send(file)
  })
}

/** A name as RFC 8187 writes it in a header: addresses end in logs, and a file's name may hold a person's. */
function encodeExtended(text: string): string {
  const escape = (character: string) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`
  return `UTF-8''${encodeURIComponent(text.toWellFormed()).replaceAll(/['()*]/g, escape)}`
}
