import { ProblemError } from '@minqing/data/domain/problem'
import type { Label } from '@minqing/data/domain/label'

/** A filter that cannot be understood, with the character (counted from 1) at which that shows. */
export function filterProblem(said: Label, at?: number): ProblemError {
  const place =
    at === undefined ? { zh: '', en: '' } : { zh: `（第 ${at + 1} 个字符处）`, en: ` (at character ${at + 1})` }
  return new ProblemError(
    'bad_parameter',
    { zh: `参数“filter”：${said.zh}${place.zh}`, en: `Parameter “filter”: ${said.en}${place.en}` },
    {
      parameter: 'filter',
      remedy: {
        zh: "请用 CQL2 文本，例如 type = 'D02' AND reportedAt >= TIMESTAMP('2026-01-01T00:00:00Z')；可用的属性见 /queryables",
        en: "Use CQL2 text, e.g. type = 'D02' AND reportedAt >= TIMESTAMP('2026-01-01T00:00:00Z'); /queryables lists the properties",
      },
    },
  )
}
