import { z } from '@hono/zod-openapi'
import { ProblemError } from '@minqing/data/domain/problem'
import { parse } from 'content-disposition'

/**
 * The header that names a file which is handed over. A name may hold a person's, and an address ends in the logs of
 * every server on the way: it stands in a header, as RFC 8187 writes what is not ASCII.
 */
export const NamedFile = z.object({
  'content-disposition': z
    .string()
    .max(4_000)
    .optional()
    .openapi({ example: "attachment; filename*=UTF-8''%E5%8F%B0%E8%B4%A6.xlsx" }),
})

/** @throws ProblemError `bad_parameter` when the header names no file */
export function fileNameOf({ 'content-disposition': header = '' }: z.infer<typeof NamedFile>): string {
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
