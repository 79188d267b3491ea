import { normaliseAddress, splitBrackets } from '../addresses/normalise.ts'

/** A building by name and number in normalised text: 竹苑小区2栋. Bounded: what it takes grows with the text's length alone. */
const numberedBuilding = /(?:\p{Script=Han}{2,20}?近)?(\p{Script=Han}{2,20}\d{1,6}(?:栋|号))/gu
/** Sides and parts of a building. */
const sides =
  '(?:门前|门口|[东南西北][侧面边]|路口|对面|背街|拐角|临街|后进|天井|楼梯口|阁楼|后门|大门|收银|楼顶|地下|车库|院内|旁)'
/** Stands for a building in a text. */
const mark = '\u{fffc}'
/** The same as written. */
const writtenBuilding = /\p{Script=Han}{2,20}[\dA-Za-z]{1,6}(?:栋|幢|号楼?|座)(?:商铺)?/gu
/** With the road beside which it is, and the unit, floor or side: what says where and not what. */
const writtenPlace = new RegExp(
  `(?:\\p{Script=Han}{2,5}近)?${mark}+(?:[\\d一二三四五六七八九十]+(?:单元|[楼层室])){0,3}(?:${sides}(?:附近|处)?)?`,
  'gu',
)

/**
 * The buildings that an address and a title name, in the form that is compared: those with a number, and what an address
 * has in brackets, “文昌路（近实验楼）”.
 */
export function buildingsNamed(address: string, title: string): string[] {
  const { outer, inner } = splitBrackets(address)
  const beside = inner.map((part) => part.replace(/^近/, ''))
  const numbered = [outer, ...beside, title].flatMap((part) =>
    [...normaliseAddress(part).matchAll(numberedBuilding)].map(([, name = '']) => name),
  )
  const named = beside.map(normaliseAddress).filter((part) => part.length >= shortestName && !/\d/.test(part))
  return [...new Set([...numbered, ...named])]
}

/** Letters of a building's name by which it is known in a title. */
const shortestName = 4

/** Whether two reports name a building in common: one may leave out the road in front. */
export function nameSameBuilding(a: readonly string[], b: readonly string[]): boolean {
  return a.some((one) => b.some((other) => one.endsWith(other) || other.endsWith(one)))
}

/** People say a number or an amount with what is counted: 三户, 两千余元, 68分贝. */
export function figuresNamed(text: string): ReadonlySet<string> {
  return new Set(
    text.match(
      /(?<![第\d一二两三四五六七八九十百千万半数余多])[\d一二两三四五六七八九十百千万半数余多]+(?:元|万|人|户|家|名|处|盏|件|台|辆|袋|平方米|米|厘米|公斤|斤|分贝|点|度|年|针|方|亩|个月|天)/g,
    ),
  )
}

/** The first clause of a title: what it is about. */
export function titleOpening(title: string): string {
  return title.split(/[，,。；;]/)[0] ?? ''
}

/** What a text says apart from where: without the buildings that it names, by number or as one of `buildings`. */
export function withoutPlaces(text: string, buildings: readonly string[]): string {
  const marked = buildings.reduce((rest, name) => rest.replaceAll(name, mark), text).replaceAll(writtenBuilding, mark)
  return marked.replaceAll(writtenPlace, '，')
}

/** The part of a building that a report names. */
export type Part = { unit: number | null; floor: number | null; side: string | null }

/** What a building's name ends with: a floor or a side means a part of it only behind one of these. */
const buildingEnd = '栋号铺元楼厦厅场院馆站园所'
const floor = new RegExp(`(?<=[${buildingEnd}])-?(\\d{1,2})[楼层]`)
const side = new RegExp(`(?<=[${buildingEnd}])${sides}`)

/** The unit, floor or side of a building that the beginning of a title names. */
export function partNamed(text: string): Part {
  const normal = normaliseAddress(text)
  const numberOf = (pattern: RegExp) => {
    const [, number] = pattern.exec(normal) ?? []
    return number === undefined ? null : Number(number)
  }
  return {
    unit: numberOf(/(\d{1,2})单元/),
    floor: numberOf(floor) ?? numberOf(/(?<=单元|栋)-?(\d{1,2})\d{2}(?!\d)/),
    side: side.exec(text)?.[0] ?? null,
  }
}

/** People whom a text names, by their surname and how they are addressed, and telephone numbers. */
export function partiesNamed(text: string): ReadonlySet<string> {
  const found = new Set<string>()
  for (const [whole, surname = ''] of text.matchAll(/(\p{Script=Han})(?:先生|女士|师傅|阿姨|大爷|大妈|大姐|老师|某)/gu))
    if (surnames.has(surname)) found.add(whole)
  for (const [number] of text.matchAll(/(?<!\d)1\d{10}(?!\d)/g)) found.add(number)
  return found
}

/** Surnames that are common in China: what stands before 先生 or 女士 is otherwise often no name. */
const surnames = new Set(
  '王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗郑梁谢宋唐许韩邓冯曹彭曾肖田董潘袁蔡蒋余于杜叶程魏苏吕丁任卢姚沈钟姜崔谭陆范汪廖石金韦贾夏付方邹熊白孟秦邱侯江尹薛闫段雷龙黎史陶贺毛郝顾龚邵万覃武钱戴严莫孔向常汤康易乔赖文',
)
