import { Gazetteer } from '@minqing/data/addresses/gazetteer'
import type { KnownStreet } from '@minqing/data/addresses/known-street'
import { matchAddress } from '@minqing/data/addresses/match'
import { type DemoStreet, makeStreet } from '@minqing/data/demo/street'
import { Random } from '@minqing/data/stats/random'

/** An address as somebody wrote it, and the building that is meant; null where no building can be known. */
export type WrittenAddress = { text: string; building: string | null; faults: string[] }

/**
 * What people write for one another by ear, and by the shape of a character: from lists of common misspellings, made
 * without looking at how addresses are matched.
 */
const byEar = pairs(
  '港岗 务物 家加 属署 院苑 新心 小晓 船传 厂场 铁贴 柳流 苑院 松淞 涛滔 航杭 运韵 花华 园圆 观关 澜兰 宿缩 舍社 红洪 机基 电店 仪义 粮良 银寅 税睡 邮游 安按 居局 望旺 道到 江姜 滨宾 建健 里理 街阶 路露 育玉 金今 怡宜 永勇 宁柠 德得 胜盛 春椿 和合 三山 元园 百白 步布 明名 珠株 兴星 业叶 利立 民明 丰风 华花 逸意 碧必 云匀 医一 外歪 贸茂 文纹 昌常 朝潮 阳杨 团湍 结洁 灯登 泡炮 搬般 造灶 纸止 印应 刷涮 梅媒 竹烛 桂贵 荷河',
)
const byShape = pairs(
  '港巷 务力 宿缩 村材 院完 园囤 花化 苑范 铁钱 银根 税说 邮由 安女 居屈 望塑 大太 江汪 滨浜 建健 设没 里理 巷港 街衔 路跄 柳抑 航般 机杭 电申 表麦 粮根 春舂 晖晕 明朋 兴共 丰丁 碧珀 仪仅 轧扎 钢纲 船般 厂广 红虹 松柏 德得 胜性 永水 宁宇 怡抬 和利 元无 荷何 桂挂',
)

function pairs(text: string): ReadonlyMap<string, string> {
  return new Map(text.split(' ').map((pair) => [pair.slice(0, 1), pair.slice(1)]))
}

const chineseDigits = '零一二三四五六七八九'
function inChinese(number: number): string {
  if (number > 99)
    return String(number)
      .split('')
      .map((digit) => chineseDigits[Number(digit)])
      .join('')
  const [tens, ones] = [Math.floor(number / 10), number % 10]
  return `${tens === 0 ? '' : tens === 1 ? '十' : `${chineseDigits[tens]}十`}${ones === 0 && tens > 0 ? '' : chineseDigits[ones]}`
}

const fullWidth = (text: string) =>
  text.replaceAll(/\d/g, (digit) => String.fromCodePoint(digit.charCodeAt(0) + 0xfee0))

/** Estates that are in no street of the demo. */
const elsewhere = ['银河湾', '翠湖天地', '东风佳园', '金桥新都', '玫瑰苑小区', '胜利新苑', '长征家属院', '天鹅湖公寓']

/** The demo street of a seed, and what an import knows of it. */
export function knownStreet(seed: number): DemoStreet & { known: KnownStreet } {
  const street = makeStreet(seed, 2026)
  const known: KnownStreet = {
    areas: street.areas.map(({ center, ...area }) => ({ ...area, ...center })),
    buildings: street.buildings.map(({ center, ...building }) => ({
      ...building,
      ...center,
      positionSource: 'measured',
    })),
    places: street.facilities
      .filter(({ kind }) => kind !== 'smoke_detector')
      .map(({ position, ...facility }) => ({ ...facility, ...position, level: 'building' })),
    houses: [],
    roads: [
      ...new Set(street.base.filter(({ layer, name }) => layer === 'road' && name !== '').map(({ name }) => name)),
    ],
  }
  return { ...street, known }
}

/** How the written addresses of a demo street are placed: of those at a building the right share, and of all buildings. */
export function placeWritten(seed: number, count: number): { precision: number; recall: number } {
  const street = knownStreet(seed)
  const gazetteer = new Gazetteer(street.known)
  const rows = writeAddresses(street, count, seed).map(({ text, building }) => ({
    building,
    placed: matchAddress(gazetteer, text, { communityCode: null, gridCode: null }).place?.target.buildingCode ?? null,
  }))
  const right = rows.filter(({ building, placed }) => placed !== null && placed === building).length
  return {
    precision: right / rows.filter(({ placed }) => placed !== null).length,
    recall: right / rows.filter(({ building }) => building !== null).length,
  }
}

/** Addresses of a street's buildings with one or two faults in each; a tenth of them can be no known building. */
export function writeAddresses(street: DemoStreet, count: number, seed: number): WrittenAddress[] {
  const random = new Random(seed, 'address faults')
  const homes = street.buildings.filter(({ address }) => /\d/.test(address))
  const communities = new Map(street.areas.map(({ code, name }) => [code, name]))
  const written: WrittenAddress[] = []
  while (written.length < count) {
    const building = random.pick(homes)
    const community = communities.get(building.communityCode) ?? ''
    const number = Number(/(\d+)(?:栋|号)$/.exec(building.address)?.[1])
    const road =
      building.estate === null
        ? building.address.replace(/\d+号$/, '')
        : (building.address.split(building.estate)[0] ?? '')
    written.push(
      write(random, {
        code: building.code,
        community,
        road,
        estate: building.estate,
        number,
        units: building.units ?? 1,
        floors: building.floors ?? 1,
        street,
      }),
    )
  }
  return written
}

type Parts = {
  code: string
  community: string
  road: string
  estate: string | null
  number: number
  units: number
  floors: number
  street: DemoStreet
}

function write(random: Random, parts: Parts): WrittenAddress {
  const { community, road, number, street } = parts
  const faults: string[] = []
  const fault = (name: string, share: number) => {
    const has = random.chance(share)
    if (has) faults.push(name)
    return has
  }
  let { estate } = parts
  let building: string | null = parts.code
  const isUnknown = random.chance(0.1)
  let shown = number
  if (isUnknown && (estate === null || random.chance(0.5))) {
    shown = number + 700
    building = null
    faults.push('unknown number')
  } else if (isUnknown) {
    estate = random.pick(elsewhere)
    building = null
    faults.push('unknown estate')
  }
  // A road that only one estate lies on says nothing that has to be written.
  let way = estate !== null && fault('no road', 0.55) ? '' : road
  let name = estate ?? ''
  if (fault('misspelt', 0.2)) {
    const misspell = (text: string) => exchange(random, text, random.chance(0.6) ? byEar : byShape)
    if (name === '') way = misspell(way)
    else name = misspell(name)
  } else if (name.length > 3 && estate === parts.estate && fault('abbreviated', 0.12))
    name = random.chance(0.5) ? name.slice(0, 2) : name.slice(0, 2) + name.slice(-1)
  const prefix = fault('no prefix', 0.6)
    ? ''
    : random.pick([
        `云汀市临澜区${street.areas[0]?.name ?? ''}`,
        `${street.areas[0]?.name ?? ''}${community}`,
        community,
        `临澜区${community}居委会`,
        (street.areas[0]?.name ?? '').replace('街道', '街'),
      ])
  const figure = fault('Chinese numerals', 0.15) ? inChinese : String
  let text = prefix + way + name
  const room = `${random.whole(1, parts.floors)}${String(random.whole(1, 4)).padStart(2, '0')}`
  const unit = random.whole(1, Math.max(1, parts.units))
  if (estate === null) text += `${figure(shown)}${fault('no 号', 0.08) ? '' : '号'}`
  else if (fault('no 栋', 0.15))
    text += random.pick([
      `${shown}-${unit}-${room}`,
      `${shown}/${unit}/${room}`,
      `${shown} ${unit}单元${room}`,
      `${shown}-${room}室`,
      `${shown}.${unit}.${room}`,
    ])
  else {
    text += figure(shown) + (fault('other word', 0.4) ? random.pick(['号楼', '幢', '座', '#', '#楼', '号']) : '栋')
    if (random.chance(0.6))
      text += random.pick([
        `${figure(unit)}单元${room}室`,
        `${figure(unit)}单元${room}`,
        `${unit}单元${Math.floor(Number(room) / 100)}楼`,
        `${unit}门${room}`,
      ])
  }
  if (fault('words around', 0.15)) text += random.pick(['附近', '旁', '对面', '门口', '旁边', '楼下'])
  if (fault('full width', 0.1)) text = fullWidth(text)
  if (fault('spaces', 0.08)) text = text.replace(/(\d)/, ' $1')
  return { text, building, faults }
}

/** The text with one character that has another one instead, where there is such. */
function exchange(random: Random, text: string, others: ReadonlyMap<string, string>): string {
  const places = text.split('').flatMap((character, index) => (others.has(character) ? [index] : []))
  if (places.length === 0) return text
  const at = random.pick(places)
  return text.slice(0, at) + (others.get(text[at] ?? '') ?? '') + text.slice(at + 1)
}
