import type { Channel } from '@minqing/data/domain/channel'
import type { IncidentType } from '@minqing/data/domain/incident-type'
import type { Home } from '../make-buildings.ts'
import type { Random } from '../random.ts'
import { monthOf } from '../series/calendar.ts'
import type { Matter } from './grammar/matter.ts'
import { matters } from './grammar/matters.ts'
import { lexicons } from './lexicons.ts'
import { openers } from './openers.ts'
import { anySentence, sentence, sizeOf } from './template.ts'
import type { Lists, Words } from './template.ts'

export type Occasion = {
  type: IncidentType
  home: Home
  channel: Channel
  onStreet: boolean
  day: number
  index: number
}

/** Cases of one day are fewer; a day and an index make a number that no other case has. */
const perDay = 128
/**
 * Prime, and larger than the numbers of 600 days: the cases of 18 months so get different sentences wherever a place
 * has that many, and neighbours in time get sentences that are far apart.
 */
const prime = 78_007
const stride = 30_011

/** The title and text of a case. Equal titles within 18 months do not happen. */
export function compose(occasion: Occasion, random: Random, isTerse = false): { title: string; text: string } {
  const { type, home, channel, day, index } = occasion
  const possible = mattersFor(type, home)
  const number = (((day * perDay + index) % prime) * stride) % prime
  let chosen = number % possible.length
  // Out of season: the next one that is not.
  for (let turn = 0; turn < possible.length && !inSeason(possible[chosen] as Matter, day); turn++)
    chosen = (chosen + 1) % possible.length
  const matter = possible[chosen] as Matter
  const lists: Lists = { ...lexicons, ...placesOf(occasion) }
  const words: Words = {}
  const size = sizeOf(matter.title, lists)
  const title = sentence(matter.title, lists, Math.floor(number / possible.length) % size, words)
  const body = anySentence(matter.text, lists, random, words)
  if (isTerse) return { title, text: body }
  const closing =
    type !== 'E10' && random.chance(0.72) ? random.pick(lexicons[closingOf(type)] as readonly string[]) : ''
  return { title, text: `${random.pick(openers[channel])}${title.split('，')[0]}。${body}${closing}` }
}

/** The matters of a type that fit a building; all of them where none does. */
export function mattersFor(type: IncidentType, home: Home): readonly Matter[] {
  const fitting = matters[type].filter((matter) => matter.at?.(home) ?? true)
  return fitting.length > 0 ? fitting : matters[type]
}

function inSeason(matter: Matter, day: number): boolean {
  return matter.months?.includes(monthOf(day)) ?? true
}

const sides = ['门前', '旁', '东侧', '西侧', '路口附近', '对面', '背街', '拐角处']
const corners = {
  home: ['', '一楼', '二楼', '临街面', '后进', '天井旁', '楼梯口', '阁楼'],
  trade: ['', '一楼', '二楼', '门口', '后门', '东侧', '西侧', '收银处旁'],
}

/** Where exactly: `spot` is a part of the building or, on the street, beside it; `near` is outside, `here` all around. */
export function placesOf({ home, onStreet }: Pick<Occasion, 'home' | 'onStreet'>): {
  spot: string[]
  near: string[]
  here: string[]
} {
  const { building, draft, road } = home
  const near = [`${road}近${building.name}`, ...sides.map((side) => `${building.name}${side}`)]
  const here = ['', '片区', '周边', '居民活动点', '文化角', '小广场'].map((part) => `${building.estate ?? road}${part}`)
  if (onStreet) return { spot: near, near, here }
  if (draft.sort !== 'slab' && draft.sort !== 'tower') {
    const parts = draft.sort === 'house' || draft.sort === 'terrace' ? corners.home : corners.trade
    return { spot: parts.map((part) => `${building.name}${part}`), near, here }
  }
  const floors = Math.min(draft.floors, 12)
  const spot = Array.from(
    { length: draft.units * floors },
    (_, i) => `${building.name}${(i % draft.units) + 1}单元${Math.floor(i / draft.units) + 1}楼`,
  )
  return { spot, near, here }
}

function closingOf(type: IncidentType): 'closeDispute' | 'closeFix' | 'closeTidy' | 'closeReply' {
  if (type.startsWith('D')) return 'closeDispute'
  if (type === 'E04' || type === 'E02') return 'closeFix'
  return type === 'E06' || type === 'E08' || type === 'E09' || type === 'E11' || type === 'E07'
    ? 'closeReply'
    : 'closeTidy'
}
