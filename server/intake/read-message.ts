import type { Channel } from '@minqing/data/domain/channel'
import { homeTimeZone } from '@minqing/data/domain/instant'
import { IncidentReport, type ChannelMapping } from '@minqing/data/domain/intake'
import { IncidentType } from '@minqing/data/domain/incident-type'
import { LocalTime } from '@minqing/data/domain/local-time'
import { ProblemError } from '@minqing/data/domain/problem'
import { round7 } from '@minqing/data/domain/position'
import { readInstant } from '@minqing/data/formats/values/read-instant'
import { typeWords } from '@minqing/data/formats/words/type-words'
import { toLonLat } from '@minqing/data/geo/crs'

type Field = keyof ChannelMapping['fields']

/**
 * The report in a message of another system.
 *
 * @throws ProblemError `bad_parameter` naming the field of the message that is missing or cannot be read
 */
export function readMessage(
  message: Readonly<Record<string, unknown>>,
  mapping: ChannelMapping,
  { channel, street }: { channel: Channel; street: string },
): { report: IncidentReport; externalNumber: string | undefined } {
  const paths = new Map<string, string | undefined>(Object.entries(mapping.fields))
  const read = (field: Field) => textAt(message, paths.get(field))
  const given = { street, channel, ...readWhat(mapping, read, paths), ...readWho(read), ...readWhere(mapping, read) }
  const parsed = IncidentReport.safeParse(
    Object.fromEntries(Object.entries(given).filter(([, one]) => one !== undefined)),
  )
  if (!parsed.success) {
    const member = parsed.error.issues[0]?.path.map(String) ?? []
    throw unreadable(paths.get(fieldOf(member)) ?? member.join('.'))
  }
  return { report: parsed.data, externalNumber: read('externalNumber') }
}

type Read = (field: Field) => string | undefined

function readWhat(mapping: ChannelMapping, read: Read, paths: ReadonlyMap<string, string | undefined>) {
  const word = read('type')
  const type = word === undefined ? undefined : typeOf(word, mapping)
  const time = read('happenedAt')
  const count = read('involvedCount')
  let happenedAt: string | undefined
  if (time !== undefined) {
    const reading = readInstant(time, new LocalTime(homeTimeZone))
    if ('fault' in reading) throw unreadable(paths.get('happenedAt') ?? 'happenedAt')
    happenedAt = reading.instant
  }
  return {
    text: read('text') ?? '',
    title: read('title')?.slice(0, 200),
    // A word that nobody knows decides nothing: the text does.
    type: type ?? undefined,
    happenedAt,
    involvedCount: count === undefined ? undefined : Number(count),
  }
}

function typeOf(word: string, { types }: ChannelMapping): IncidentType | null {
  const own = new Map(Object.entries(types)).get(word)
  const code = IncidentType.safeParse(word)
  return own ?? (code.success ? code.data : typeWords.read(word))
}

function readWho(read: Read) {
  const name = read('reporterName')
  const phone = read('reporterPhone') ?? ''
  if (name === undefined && phone === '') return {}
  return { reporter: { name: name ?? '来电人', phone } }
}

function readWhere({ datum }: ChannelMapping, read: Read) {
  const address = read('address')?.slice(0, 200)
  const [x, y] = [Number(read('longitude') ?? NaN), Number(read('latitude') ?? NaN)]
  if (Number.isNaN(x) || Number.isNaN(y)) return { address }
  const [lon, lat] = toLonLat(datum)(x, y)
  return { address, position: { lon: round7(lon), lat: round7(lat) } }
}

/** A number or text; nothing where the field is missing or empty. */
function textAt(message: Readonly<Record<string, unknown>>, path: string | undefined): string | undefined {
  if (path === undefined) return undefined
  let found: unknown = message
  for (const name of path.split('.'))
    found = typeof found === 'object' && found !== null ? new Map(Object.entries(found)).get(name) : undefined
  if (typeof found !== 'string' && typeof found !== 'number') return undefined
  const text = String(found).trim()
  return text === '' ? undefined : text
}

/** The field of a mapping that a member of a report comes from. */
function fieldOf(path: readonly string[]): string {
  const whole = path.join('.')
  if (whole === 'reporter.phone') return 'reporterPhone'
  if (whole === 'reporter.name') return 'reporterName'
  return whole.startsWith('position') ? 'longitude' : (path[0] ?? '')
}

function unreadable(field: string): ProblemError {
  return new ProblemError(
    'bad_parameter',
    {
      zh: `消息的字段“${field}”缺失或无法读取`,
      en: `The field “${field}” of the message is missing or cannot be read`,
    },
    {
      parameter: field,
      remedy: {
        zh: '请核对该字段，或修改此渠道的字段对应关系',
        en: 'Check the field, or change the mapping of this channel',
      },
    },
  )
}
