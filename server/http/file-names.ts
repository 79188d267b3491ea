import { ProblemError } from '@minqing/data/domain/problem'
import { parse } from 'content-disposition'

/** What a person calls a file, without folders and control characters, and the ending that readers may go by. */
export function plainName(text: string): { name: string; extension: string } {
  const last = text.split(/[/\\]/).at(-1) ?? ''
  const name = last
    .replaceAll(/[\p{Cc}\u202a-\u202e\u2066-\u2069]/gu, '')
    .trim()
    .slice(0, 200)
  const extension = /\.[a-z0-9]{1,10}$/i.exec(name)?.[0].toLowerCase() ?? ''
  return { name: name === '' ? '文件' : name, extension }
}

/**
 * The name that a `Content-Disposition` header gives a file. A name may hold a person's, and an address ends in the
 * logs of every server on the way: therefore it stands in a header, as RFC 8187 writes what is not ASCII.
 *
 * @throws ProblemError `bad_parameter` when the header names no file
 */
export function fileNameOf(header: string): string {
  const name = parse(header).parameters['filename'] ?? ''
  if (name !== '') return name
  throw new ProblemError(
    'bad_parameter',
    { zh: '请求没有说明文件名', en: 'The request does not name the file' },
    {
      parameter: 'content-disposition',
      remedy: {
        zh: "请用请求头 Content-Disposition: attachment; filename*=UTF-8''… 说明文件名（非 ASCII 字符按百分号编码）",
        en: "Name it in the header Content-Disposition: attachment; filename*=UTF-8''… (percent-encoded)",
      },
    },
  )
}
