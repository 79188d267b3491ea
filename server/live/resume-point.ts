import { StreetCode } from '@minqing/data/domain/area-code'
import { ProblemError } from '@minqing/data/domain/problem'

/** The last position that a client has of each street. */
export type ResumePoint = ReadonlyMap<string, number>

/** More streets than any actor follows at once. */
const mostStreets = 1000

/**
 * `street:position,…`, as `since` and the ids of events have it.
 *
 * @throws ProblemError `bad_parameter`
 */
export function parseResumePoint(text: string): ResumePoint {
  const parts = text === '' ? [] : text.split(',')
  const pairs = parts.map((part): [string, number] => {
    const [, street = '', position = ''] = /^(\d+):(\d{1,15})$/.exec(part) ?? []
    if (!StreetCode.safeParse(street).success) throw unreadable()
    return [street, Number(position)]
  })
  if (pairs.length > mostStreets) throw unreadable()
  return new Map(pairs)
}

function unreadable(): ProblemError {
  return new ProblemError(
    'bad_parameter',
    { zh: '续传位置无法识别', en: 'The point to resume from cannot be read' },
    {
      parameter: 'since',
      remedy: {
        zh: '请写作 街道代码:位置，多个以逗号分隔；不写则从现在开始',
        en: 'Write street:position, several separated by commas; leave it out to begin now',
      },
    },
  )
}
