import { Instant } from '@minqing/data/domain/instant'
import { z } from 'zod'
import type { Moment, Period } from './expression.ts'
import type { Queryable } from './queryable.ts'
import type { TokenReader } from './token-reader.ts'

/** Days are those on the wall at home: Asia/Shanghai has had this one offset since 1991. */
const homeOffset = '+08:00'

/** `TIMESTAMP('…')` or `DATE('…')` where one stands; undefined where none does. */
export function readMoment(tokens: TokenReader): { from: string; to: string } | undefined {
  const isCall = tokens.second.kind === 'sign' && tokens.second.text === '('
  if (!isCall || !(tokens.isNext('timestamp') || tokens.isNext('date'))) return undefined
  const asDate = tokens.isNext('date')
  tokens.take()
  tokens.expect('(')
  const moment = asMoment(tokens, asDate ? 'date' : 'timestamp')
  tokens.expect(')')
  return moment
}

/** What a temporal relation takes: a moment, an interval, or a property with a time. */
export function readPeriod(tokens: TokenReader, timeProperty: () => Queryable): Period {
  const moment = readMoment(tokens)
  if (moment !== undefined) return { from: { at: moment.from }, to: { at: moment.to } }
  if (!tokens.took('interval')) {
    const property = timeProperty()
    return { from: { property }, to: { property } }
  }
  tokens.expect('(')
  const from = readEnd(tokens, timeProperty, 'from')
  tokens.expect(',')
  const to = readEnd(tokens, timeProperty, 'to')
  tokens.expect(')')
  if ('at' in from && 'at' in to && Date.parse(from.at) > Date.parse(to.at))
    throw tokens.unexpected({ zh: '区间的起点晚于终点', en: 'the interval begins after its end' })
  return { from, to }
}

function readEnd(tokens: TokenReader, timeProperty: () => Queryable, end: 'from' | 'to'): Moment {
  const { next } = tokens
  if (next.kind !== 'text') return { property: timeProperty() }
  if (next.text === '..' || next.text === '') {
    tokens.take()
    return { at: end === 'from' ? '-infinity' : 'infinity' }
  }
  return { at: asMoment(tokens, next.text.includes('T') ? 'timestamp' : 'date')[end] }
}

function asMoment(tokens: TokenReader, kind: 'date' | 'timestamp'): { from: string; to: string } {
  const { next } = tokens
  const text = next.kind === 'text' ? next.text.toUpperCase() : ''
  const good = kind === 'date' ? z.iso.date().safeParse(text).success : Instant.safeParse(text).success
  // The year 0 has no form that the database reads.
  if (!good || text.startsWith('0000')) {
    throw tokens.unexpected(
      kind === 'date'
        ? { zh: "日期应写作 DATE('2026-01-01')", en: "a date is written DATE('2026-01-01')" }
        : {
            zh: "时间应写作 TIMESTAMP('2026-01-01T00:00:00Z')",
            en: "a time is written TIMESTAMP('2026-01-01T00:00:00Z')",
          },
    )
  }
  tokens.take()
  if (kind === 'date') return { from: `${text}T00:00:00${homeOffset}`, to: `${text}T23:59:59.999999${homeOffset}` }
  return { from: text, to: text }
}
