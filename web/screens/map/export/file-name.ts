import { homeTimeZone } from '@minqing/data/domain/instant'
import type { IncidentFilter } from '@minqing/data/domain/incident-filter'

const dayFormat = new Intl.DateTimeFormat('sv-SE', { timeZone: homeTimeZone })

const spaceBesideChinese = /(?<=\p{Script=Han})\s+|\s+(?=\p{Script=Han})/gu

/** First and last day that the filter means, in Shanghai, `YYYY-MM-DD`; null where it is open. */
export function daysOf(filter: Pick<IncidentFilter, 'from' | 'to'>): { first: string | null; last: string | null } {
  return {
    first: filter.from === undefined ? null : dayFormat.format(Date.parse(filter.from)),
    // `to` itself is no longer meant.
    last: filter.to === undefined ? null : dayFormat.format(Date.parse(filter.to) - 1),
  }
}

/** `what_where_when.extension`: found again on a full disk without opening it. */
export function fileNameOf(parts: { what: string; where: string; period: string; extension: string }): string {
  const stem = [parts.what, parts.where, parts.period]
    .map((part) => part.replaceAll(spaceBesideChinese, '').replaceAll(/[\\/:*?"<>|\s]+/g, '-'))
    .filter((part) => part !== '')
    .join('_')
  return `${stem}.${parts.extension}`
}
