import type { Channel } from '@minqing/data/domain/channel'
import type { IncidentType } from '@minqing/data/domain/incident-type'
import type { Home } from '../make-buildings.ts'
import type { Random } from '../../stats/random.ts'
import { monthOf } from '../series/calendar.ts'
import type { Matter } from './grammar/matter.ts'
import { disputes } from './grammar/disputes.ts'
import { events } from './grammar/events.ts'
import { lexicons } from './lexicons.ts'
import { anySentence, sentence, sizeOf, type Lists, type Words } from './template.ts'

const matters: Record<IncidentType, readonly Matter[]> = { ...disputes, ...events }

export type Occasion = {
  type: IncidentType
  home: Home
  channel: Channel
  onRoad: boolean
  day: number
  index: number
}

/** Incidents of one day are fewer; a day and an index make a number that no other incident has. */
const perDay = 128
/**
 * Prime, and larger than the numbers of 600 days: the incidents of 18 months so get different sentences wherever a place
 * has that many, and neighbours in time get sentences that are far apart.
 */
const prime = 78_007
const stride = 30_011

/** The title and text of an incident. Equal titles within 18 months do not happen. */
export function compose(occasion: Occasion, random: Random, isTerse = false): { title: string; text: string } {
  const { type, channel } = occasion
  const { matter, number, lists } = storyOf(occasion)
  const words: Words = {}
  const title = sentence(matter.title, lists, number, words)
  const body = anySentence(matter.text, lists, random, words)
  if (isTerse) return { title, text: body }
  const closing =
    type !== 'E10' && random.chance(0.72) ? random.pick(lexicons[closingOf(type)] as readonly string[]) : ''
  return { title, text: `${random.pick(openers[channel])}${title.split('，')[0]}。${body}${closing}` }
}

/** What happened: its matter, the number of its title among those of the matter, and the words for its places. */
export function storyOf(occasion: Occasion): { matter: Matter; number: number; lists: Lists } {
  const { type, home, day, index } = occasion
  const possible = mattersFor(type, home)
  const number = (((day * perDay + index) % prime) * stride) % prime
  let chosen = number % possible.length
  // Out of season: the next one that is not.
  for (let turn = 0; turn < possible.length && !inSeason(possible[chosen] as Matter, day); turn++)
    chosen = (chosen + 1) % possible.length
  const matter = possible[chosen] as Matter
  const lists: Lists = { ...lexicons, ...placesOf(occasion) }
  return { matter, number: Math.floor(number / possible.length) % sizeOf(matter.title, lists), lists }
}

/** The matters of a type that fit a building; all of them where none does. */
function mattersFor(type: IncidentType, home: Home): readonly Matter[] {
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
function placesOf({ home, onRoad }: Pick<Occasion, 'home' | 'onRoad'>): {
  spot: string[]
  near: string[]
  here: string[]
} {
  const { building, draft, road } = home
  const near = [`${road}近${building.name}`, ...sides.map((side) => `${building.name}${side}`)]
  const here = ['', '片区', '周边', '居民活动点', '文化角', '小广场'].map((part) => `${building.estate ?? road}${part}`)
  if (onRoad) return { spot: near, near, here }
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

/** How a record begins, by the way it came in. */
export const openers: Record<Channel, readonly string[]> = {
  grid_app: ['网格员日常巡查发现：', '网格员入户时了解到：', '网格员现场上报：', '今日巡查中，居民向网格员反映：'],
  walk_in: ['来访人到社区窗口反映：', '居民到综治中心接待窗口登记：', '当事人一行来访，口述：', '来访登记：'],
  leader_reception: ['领导接访日，来访人反映：', '街道领导接访记录：', '包案领导接待，诉求如下：'],
  hotline_12345: ['12345 转办：来电人反映，', '市民热线工单：', '市民来电称：', '热线二次派单：来电人补充，'],
  mini_program: ['居民通过小程序上传照片反映：', '小程序随手拍：', '小程序提交：'],
  qr_hall: ['扫码进入议事厅的居民留言：', '码上议事厅提交：', '居民扫网格码反映：'],
  wechat_group: ['网格微信群内居民反映：', '楼栋群接龙中多人提到：', '业主在微信群里发图反映：'],
  weilinli: ['微邻里平台居民发帖：', '微邻里收到诉求：', '微邻里群居民反映：'],
  message_board: ['城市留言板网友留言：', '网友在留言板反映：', '留言板转办：'],
  sunshine_petition: ['阳光信访平台登记：', '网上信访件摘要：', '信访信息系统转来：'],
  online_reception: ['线上接访视频连线中，来访人反映：', '线上接访预约件：'],
  police_110: ['110 联动：报警人称，', '派出所非警务警情转办：', '110 指令转调解：'],
  iot: ['物联平台自动推送：', '感知设备告警：', '智慧消防平台推送：'],
  patrol: ['巡逻队夜巡发现：', '红袖标巡逻队上报：', '车巡途中发现：', '步巡至此处时发现：'],
  visit: ['敲门走访时了解到：', '民情走访记录：', '探访独居老人时发现：', '入户走访，住户提到：'],
  superior: ['上级交办件：', '区级平台交办：', '督办单转来：'],
  department: ['职能部门转来：', '部门协查函转办：', '联席会议移交：'],
}
