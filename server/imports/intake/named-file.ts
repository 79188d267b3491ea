import { ProblemError } from '@minqing/data/domain/problem'
import { parse } from 'content-disposition'

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
