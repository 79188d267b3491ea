import type { Label, Language } from '@minqing/data/domain/label'
import { localTimeText } from '@minqing/data/formats/values/local-time-text'

/**
 * `Content-Disposition` of a download, named by what it is, where and of which day: RFC 6266 with the name in the reader's
 * language (RFC 5987) and a plain one for old clients.
 */
export function attachment(
  what: Label,
  { area, mark, extension, now }: { area: string | undefined; mark?: string; extension: string; now: Date },
  language: Language,
): string {
  const name = (first: string) => fileName(first, { area, mark, extension, now })
  return `attachment; filename="${name(what.en)}"; filename*=UTF-8''${encodeURIComponent(name(what[language]))}`
}

/** `what_area_mark_day.extension`, the day a local one. */
export function fileName(
  what: string,
  { area, mark, extension, now }: { area: string | undefined; mark?: string | undefined; extension: string; now: Date },
): string {
  const day = localTimeText(now.toISOString()).slice(0, 10).replaceAll('-', '')
  return `${[what, area, mark, day].filter((part) => part !== undefined).join('_')}.${extension}`
}
