import type { Geometry, Position } from 'geojson'
import { round7 } from '../../domain/position.ts'
import { place, toLonLat, toPlane } from '../plan/frame.ts'
import type { Point } from '../plane.ts'
import { Random } from '../../stats/random.ts'
import type { DemoStreet } from '../street.ts'

/** 99 is no province: the demo can never collide with a real street. */
export const demoStreetCode = '990101001'
/** Raised whenever the same seed makes something else than before: a demo of another model is made again. */
export const demoModel = 3

/** How much of a city the demo makes. */
export const demoScales = ['street', 'district', 'city'] as const
export type DemoScale = (typeof demoScales)[number]

/** A street of the demo before it is made: which, where, and what it is called. */
export type StreetSite = {
  code: string
  /** Metres from where the one street of the smallest scale lies. */
  offset: Point
  name: string
  /** Stems of names that the plan has by hand, and what stands for them here. */
  words: ReadonlyMap<string, string>
  scale: DemoScale
  /** What its bank is the bank of. */
  waterside: 'river' | 'canal'
}

const streetCounts: Record<DemoScale, number> = { street: 1, district: 12, city: 200 }
const streetsPerCounty = 12
/** The city's rows of streets, one behind the other from the river inland. */
const columns = 20

/** The one street of the smallest scale, as its plan was drawn. */
export const homeSite: StreetSite = {
  code: demoStreetCode,
  offset: [0, 0],
  name: '望澜街道',
  words: new Map(),
  scale: 'street',
  waterside: 'river',
}

/**
 * The streets of a scale, in the order in which they are made: along the river, then row by row inland. Neighbours
 * are copies of one bent shape moved by more than its width and depth, so that none overlap; between two rows runs a
 * canal. Names come from the seed.
 */
export function streetSites(scale: DemoScale, seed: number): StreetSite[] {
  if (scale === 'street') return [homeSite]
  const random = new Random(seed, 'sites')
  const names = random.shuffle(firstHalves.flatMap((first) => secondHalves.map((second) => `${first}${second}`)))
  const wide = scale === 'district' ? 4 : columns
  return Array.from({ length: streetCounts[scale] }, (_, index): StreetSite => {
    const name = index === 0 ? '望澜' : (names[index] as string)
    const stems = new Random(seed, 'stems', index).shuffle(localStems)
    const words = handDrawn.map((word, i) => [word, i === 0 ? name : (stems[i] as string)] as const)
    const [along, inland] = [index % wide, Math.floor(index / wide)]
    return {
      code: codeOf(index),
      offset: [along * step.along[0] + inland * step.inland[0], along * step.along[1] + inland * step.inland[1]],
      name: `${name}街道`,
      words: index === 0 ? new Map() : new Map(words),
      scale,
      waterside: inland === 0 ? 'river' : 'canal',
    }
  })
}

/** 9901 is the city, two digits its districts of twelve streets each, three the street. */
function codeOf(index: number): string {
  const two = String(Math.floor(index / streetsPerCounty) + 1).padStart(2, '0')
  return `9901${two}${String((index % streetsPerCounty) + 1).padStart(3, '0')}`
}

/** From one street to the next along the river, and to the next inland. */
const step = {
  along: difference(place(2440, 0), place(-75, 0)),
  inland: difference(place(1190, 1790), place(1190, 0)),
}

function difference(a: Point, b: Point): Point {
  return [a[0] - b[0], a[1] - b[1]]
}

/** Moves a place of the first street's plan to a site; metres to the east are more degrees further north. */
export function lonLatAt({ offset }: StreetSite): (point: Point) => [number, number] {
  const [east, north] = offset
  if (east === 0 && north === 0) return toLonLat
  const [lon0, lat0] = toLonLat([0, 0])
  const [lonX, latY] = [toLonLat([10_000, 0])[0] - lon0, toLonLat([0, 10_000])[1] - lat0]
  const [perX, perY] = [lonX / 10_000, latY / 10_000]
  const lat = lat0 + north * perY
  const stretch = Math.cos((lat0 * Math.PI) / 180) / Math.cos((lat * Math.PI) / 180)
  const lon = lon0 + east * perX
  return ([x, y]) => [round7(lon + x * perX * stretch), round7(lat + y * perY)]
}

/** A name of the plan as it is here. */
function renamed({ words }: StreetSite, text: string): string {
  return words.size === 0 ? text : text.replaceAll(anyHandDrawn, (word) => words.get(word) ?? word)
}

/** Names that the first street's plan has by hand. */
const handDrawn = '望澜 船厂 观澜 渡口 三官 文昌 柳堤 红机 站前 新桥 北港 莲塘 云汀 书院 红星 同兴 柳港 江畔'.split(' ')
const anyHandDrawn = new RegExp(handDrawn.join('|'), 'g')

const firstHalves = '永安长临江文柳金红新东西清和德福华青云石'.split('')
const secondHalves = '澜宁汀兴泰桥湖山平康'.split('')
const localStems =
  '青石 白沙 东亭 西园 南门 北苑 桃园 杏林 松岭 竹溪 梅园 兰亭 枫桥 榆树 槐荫 石桥 双桥 三桥 龙泉 凤台 鹤鸣 鹿苑 雁栖 鹭洲 金沙 银杏 铜井 铁铺 玉带 珠市 锦绣 织造 染坊 盐码 米市 鱼市 木作 瓦窑 砖桥 钟楼 鼓楼 塔前 庙街 祠前 学府 科园 电力 铁路 航运 仪表 轴承 机修 棉纺 丝绸 陶瓷 造船 园艺 花卉 苗圃 果园 茶场 稻香 荷塘 菱湖 藕池 柳林 杨树 枣园 梨园'.split(
    ' ',
  )

/** Brings a street that was made at the first site to its own, with its own names. The first stays as it is. */
export function settle(street: DemoStreet, site: StreetSite): DemoStreet {
  if (site.words.size === 0) return street
  const at = lonLatAt(site)
  const move = ([lon, lat]: Position): Position => at(toPlane(lon as number, lat as number))
  const moved = ({ lon, lat }: { lon: number; lat: number }) => {
    const [x, y] = move([lon, lat]) as [number, number]
    return { lon: x, lat: y }
  }
  for (const area of street.areas) {
    area.name = renamed(site, area.name)
    area.center = moved(area.center)
    area.geometry = movedGeometry(area.geometry, move)
  }
  for (const { building } of street.homes) {
    building.name = renamed(site, building.name)
    building.address = renamed(site, building.address)
    building.estate = building.estate === null ? null : renamed(site, building.estate)
    building.center = moved(building.center)
    building.geometry = movedGeometry(building.geometry, move)
  }
  for (const home of street.homes) home.road = renamed(site, home.road)
  for (const facility of street.facilities) {
    facility.name = renamed(site, facility.name)
    facility.address = renamed(site, facility.address)
    facility.position = moved(facility.position)
  }
  for (const feature of street.base) {
    feature.name = renamed(site, feature.name)
    feature.geometry = movedGeometry(feature.geometry, move)
  }
  return street
}

function movedGeometry<G extends Geometry>(geometry: G, move: (position: Position) => Position): G {
  if (geometry.type === 'GeometryCollection') throw new TypeError('the demo draws no collections')
  const deep = (coordinates: unknown): unknown =>
    typeof (coordinates as unknown[])[0] === 'number'
      ? move(coordinates as Position)
      : (coordinates as unknown[]).map(deep)
  return { ...geometry, coordinates: deep(geometry.coordinates) }
}
