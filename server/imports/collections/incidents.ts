import { channelLabels, type Channel } from '@minqing/data/domain/channel'
import { isOpen, unknownStatus } from '@minqing/data/domain/incident-status'
import { mapPlainFields, plainFieldNames, plainFieldOf } from '@minqing/data/domain/incident-fields'
import { incidentTypeLabels } from '@minqing/data/domain/incident-type'
import { channelWords, isOtherChannel } from '@minqing/data/formats/words/channel-words'
import { hash32 } from '@minqing/data/formats/hash32'
import { readType, typeWords, type TypeReading } from '@minqing/data/formats/words/type-words'
import { riskWords, statusWords, urgencyWords } from '@minqing/data/formats/words/words'
import { isInChina } from '@minqing/data/geo/crs'
import type { CheckContext } from '../check/check-context.ts'
import { checkRepeat } from '../check/check-repeat.ts'
import { readPosition } from '../check/read-position.ts'
import { readPositionSource } from '../check/read-position-source.ts'
import { reasons } from '../check/reasons.ts'
import type { RowView } from '../check/row-view.ts'
import { namedAreas, readLocation } from '../check/read-location.ts'
import { pointText } from '../../store/copy-rows.ts'
import {
  always,
  type Collection,
  type Columns,
  from,
  identityColumns,
  key,
  namedColumns,
  type StagedRow,
} from './collection.ts'

const columns = {
  street_code: key('text'),
  number: key('text'),
  community_code: always('text'),
  grid_code: always('text'),
  ...namedColumns,
  building_code: always('text'),
  type: from('text', 'type'),
  source_type: from('text', 'type'),
  channel: from('text', 'channel'),
  urgency: from('text', 'urgency'),
  risk: from('text', 'risk'),
  status: always('text'),
  title: always('text'),
  text: from('text', 'text'),
  address: from('text', 'address'),
  position: always('point'),
  position_source: always('text'),
  position_certainty: always('double precision'),
  source_crs: always('text'),
  source_x: always('double precision'),
  source_y: always('double precision'),
  // One of both says when it happened: the other is not left as it was.
  happened_at: from('timestamptz', 'happenedAt', 'happenedUntil'),
  happened_until: from('timestamptz', 'happenedAt', 'happenedUntil'),
  reported_at: from('timestamptz', 'reportedAt'),
  due_at: from('timestamptz', 'dueAt'),
  closed_at: always('timestamptz'),
  ...identityColumns,
} satisfies Columns

const plainColumns: Columns = Object.fromEntries(
  plainFieldNames.map((name) => [plainFieldOf(name).column, from(plainFieldOf(name).kind, name)]),
)

export const incidents: Collection = {
  table: 'incident',
  touches: 'incidents',
  key: 'number',
  location: ['grid_code', 'community_code', 'street_code'],
  columns: { ...columns, ...plainColumns },
  repeats: { columns: ['street_code', 'number'], identity: true },
  check,
  merge: async () => (await import('./merge-incidents.ts')).mergeIncidents,
}

/** One row as an incident, or null with its faults noted in the view; 'skipped' when it repeats an earlier row. */
function check(view: RowView, context: CheckContext): StagedRow<typeof columns> | 'skipped' | null {
  const { crs, convert, note } = context
  const position = readPosition(view, convert)
  if (position === null && !view.has('gridCode') && view.faults.length === 0)
    note({ zh: '没有坐标', en: 'without a position' })
  if (position !== null && !isInChina(position.lon, position.lat))
    note({ zh: '坐标在中国境外', en: 'positions outside China' })
  const where = readLocation(view, position, context)
  const type = typeOf(view, context)
  const address = view.text('address')
  const title =
    view.text('title') || [type.sourceType ?? incidentTypeLabels[type.type].zh, address].filter(Boolean).join('：')
  const text = view.text('text', 4000)
  const times = timesOf(view, context)
  const channel = channelOf(view, context)
  const urgency = view.word('urgency', urgencyWords, '1') ?? '1'
  const risk = view.word('risk', riskWords, 'blue') ?? 'blue'
  const status = view.word('status', statusWords, unknownStatus)
  const plain = readPlainFields(view)
  const buildingCode = view.code('buildingCode', 17)
  const own = view.identifier('number', 64)
  // Below 调解日期 stands when one was mediated, whether it ended well or not.
  const isUnfinished = status !== null && isOpen(status) && times.closedAt !== null
  if (isUnfinished)
    note({
      zh: '还没有办结，办结（调解）时间没有采用',
      en: 'not closed yet: the time of closing (or mediation) was not used',
    })
  if (view.faults.length > 0 || where === null || times.happenedAt === null) return null

  const number =
    own ||
    numberOf([type.type, type.sourceType, title, text, address, position?.x, position?.y, times.happenedAt, channel])
  const values = {
    street_code: where.streetCode,
    number,
    community_code: where.communityCode,
    grid_code: where.gridCode,
    ...namedAreas(where),
    building_code: buildingCode,
    type: type.type,
    source_type: type.sourceType,
    channel,
    urgency,
    risk,
    status,
    title,
    text,
    address,
    ...plain,
    position: position === null ? null : pointText(position.lon, position.lat),
    ...readPositionSource(view, position),
    source_crs: crs,
    source_x: position?.x ?? null,
    source_y: position?.y ?? null,
    happened_at: times.happenedAt,
    happened_until: times.happenedUntil,
    reported_at: times.reportedAt,
    due_at: times.dueAt,
    closed_at: isUnfinished ? null : times.closedAt,
  }
  const numbered = { street: where.streetCode, number, field: 'number', isOwn: own !== '' } as const
  const identity = checkRepeat(view, context, numbered, values)
  return identity === null || identity === 'skipped' ? identity : { ...values, ...identity }
}

/** A number for a row without one, made of what happened, where and when: the same file gives the same numbers again. */
function numberOf(said: readonly unknown[]): string {
  const text = said.join('\u001f')
  return `I${hex(hash32(text, 1))}${hex(hash32(text, 2))}`
}

function readPlainFields(view: RowView): Record<string, number | string> {
  const values = mapPlainFields(({ kind }, name) => (kind === 'integer' ? (view.whole(name) ?? 0) : view.text(name)))
  return Object.fromEntries(plainFieldNames.map((name) => [plainFieldOf(name).column, values[name]]))
}

/** What comes in by no channel that is named goes the way of a department's own cases, with a note. */
function channelOf(view: RowView, { note }: CheckContext): Channel {
  const word = view.text('channel', 100)
  const isOther = isOtherChannel(word) && view.chosen('channel', word, channelWords) === null
  const channel = isOther ? null : view.word('channel', channelWords, 'department')
  if (channel !== null) return channel
  const { zh, en } = channelLabels.department
  if (isOther) note({ zh: `渠道写的是“${word}”，记为“${zh}”`, en: `of another channel (“${word}”), taken as “${en}”` })
  else if (!view.has('channel')) note({ zh: `没有写渠道，记为“${zh}”`, en: `without a channel, taken as “${en}”` })
  return 'department'
}

function typeOf(view: RowView, { note }: CheckContext): TypeReading {
  const readings = view.everyText('type', 100).map((word) => {
    const chosen = view.chosen('type', word, typeWords)
    return { word, ...(chosen === null ? readType(word) : { type: chosen, sourceType: word, known: true }) }
  })
  const reading = mostTelling(readings)
  if (reading === undefined) {
    note({ zh: '没有类型，记为“其他事件”', en: 'without a type, taken as “other events”' })
    return { type: 'E99', sourceType: null, known: true }
  }
  view.noteWord('type', reading.word, typeWords, reading.type, reading.known)
  const original = view.text('sourceType', 100)
  return original !== '' && reading.sourceType === null ? { ...reading, sourceType: original } : reading
}

/**
 * Of classes from fine to coarse the finest that is understood; what is only some dispute or some event, and what is not
 * understood at all, where nothing says more.
 */
function mostTelling<Reading extends TypeReading>(readings: readonly Reading[]): Reading | undefined {
  const known = readings.filter((reading) => reading.known)
  return (
    known.find(({ type }) => type !== 'D99' && type !== 'E99') ??
    known.find(({ type }) => type === 'D99') ??
    known[0] ??
    readings[0]
  )
}

function timesOf(view: RowView, context: CheckContext) {
  const { local, note } = context
  const earlier = view.faults.length
  const { happened, until } = intervalOf(view, context)
  const reported = view.instant('reportedAt', local)
  if (happened === null && reported === null && view.faults.length === earlier)
    view.fault(
      'happenedAt',
      '',
      view.knows('happenedAt') || view.knows('reportedAt') ? reasons.missing : reasons.noTime,
    )
  if (happened !== null && view.saysDay('happenedAt') && !view.text('happenedAt').includes(':'))
    note({
      zh: '发生时间只有日期，没有几点几分，记为当天零点（按小时的统计会偏向零点）',
      en: 'with a day and no time of it, taken as its midnight (which counts by the hour will show)',
    })
  const dueAt = isDuration(view, note) ? null : view.instant('dueAt', local, true)
  const reportedAt = reported ?? happened
  let closedAt = notClosed.test(view.text('closedAt')) ? null : view.instant('closedAt', local)
  if (closedAt !== null && reportedAt !== null && closedOnTheDay(view, closedAt, reportedAt)) {
    closedAt = reportedAt
    note({
      zh: '办结只写了日期，与上报同一天，办结时间记为上报时间',
      en: 'closed on the day of the report, without a time: taken as the time of the report',
    })
  }
  if (closedAt !== null && reportedAt !== null && closedAt < reportedAt)
    view.fault('closedAt', closedAt, reasons.closedBeforeReported)
  return { happenedAt: happened ?? reported, happenedUntil: until, reportedAt, dueAt, closedAt }
}

/** When it happened, or between which times: in two columns or in one. The earlier of two is when it happened. */
function intervalOf(view: RowView, { local, note }: CheckContext): { happened: string | null; until: string | null } {
  const interval = view.interval('happenedAt', local)
  if (interval !== null) return { happened: interval.from, until: interval.until }
  const happened = view.instant('happenedAt', local)
  // A day without a time means its end, where it is the end of something.
  const until = view.has('happenedUntil') ? view.instant('happenedUntil', local, true) : null
  if (until === null || until === happened) return { happened, until: null }
  if (happened === null) return { happened: view.instant('happenedUntil', local), until: null }
  if (until > happened) return { happened, until }
  note({
    zh: '发生时间的止早于起，已按先后对调，请核对',
    en: 'the end of the time in which it happened is before its beginning: the two were exchanged. Check them',
  })
  return { happened: view.instant('happenedUntil', local), until: view.instant('happenedAt', local, true) }
}

/** What ledgers write below 办结时间 as long as there is none. */
const notClosed =
  /^(?:否|未|尚未|还未|没有)(?:办结|结案|完成|化解|处理)?$|^(?:正在)?(?:办理|处理|调解|化解)中?$|^待(?:办|办结|处理)$/

/** Whether the deadline is so many days: whether of work or of the calendar, and since when, the file does not say. */
function isDuration(view: RowView, note: CheckContext['note']): boolean {
  if (!/^[\d一二三四五六七八九十]{1,3}\s*个?(?:工作日|自然日|天|日|小时|月|周)?(?:以?内)?$/.test(view.text('dueAt')))
    return false
  note({
    zh: '办结期限写的是天数，没有换算成截止时间',
    en: 'with a number of days for a deadline, which was left out',
  })
  return true
}

/** A day's beginning lies before whatever was reported on that day. */
function closedOnTheDay(view: RowView, closedAt: string, reportedAt: string): boolean {
  const before = Date.parse(reportedAt) - Date.parse(closedAt)
  return before > 0 && before < 86_400_000 && view.saysDay('closedAt')
}

function hex(hash: number): string {
  return hash.toString(16).padStart(8, '0')
}
