/** Numbers of an address behind a name, in normalised text: `4栋2单元301`, `12号附3号`, `4-2-301`. */
export type Numbers = {
  /** What stands between the name and the first number, without words that say nothing. */
  between: string
  /** Number or letter of the building; `named` by 栋 or the like; else with how sure it is that it is one. */
  building: { number: string; named: boolean; weight: number } | null
  /** House number on a road, with a sub-number (附号, 之): `12`, `12-3`. */
  house: string | null
  /** Number of a lane (弄, 巷) between the road and the house number. */
  lane: string | null
  unit: number | null
  floor: number | null
  /** Length of what has been read. */
  length: number
  /** Whether it says that the place is near and not there. */
  near: boolean
}

/** Words between a name and its numbers, or behind them, that say nothing of where it is. */
const empty = '(?:小区|院内|大院|院子|里面|内|里|的|地址|位于)'
/** Words that say that a place is beside what is named. */
const beside = /附近|旁边|旁|对面|斜对面|隔壁|门口|路口|周边|北侧|南侧|东侧|西侧|后面|前面/

const partEnd = new RegExp(`^(?:[\\dA-Z附之-]|${empty}|${beside.source}|(?:居民)?[楼下前后屋])`)

type Token = { number: string; kind: string }

const token = /(?:附|之)?(\d+|[A-Z]\d*|[甲乙丙丁戊](?=栋|单元))(栋|单元|层|楼|室|户|房|号院|号|弄|巷|支弄|F)?/y
const gap = new RegExp(`(?:-|${empty})*`, 'y')

export function readNumbers(text: string): Numbers {
  const from = numbersFrom(text)
  const between = from === -1 ? text : text.slice(0, from)
  const { tokens, end } = tokensAt(text, between.length)
  const rest = text.slice(end)
  const quiet = between.replaceAll(new RegExp(empty, 'g'), '').replace(/附近|旁边?|对面|门口/g, '')
  return {
    between: tokens.length === 0 ? '' : quiet,
    building: buildingOf(tokens),
    house: houseOf(tokens, text.slice(between.length, end)),
    lane: tokens.find(({ kind }) => kind === '弄' || kind === '巷' || kind === '支弄')?.number ?? null,
    unit: unitOf(tokens),
    floor: floorOf(tokens),
    length: tokens.length === 0 ? 0 : end,
    near: beside.test(rest) || beside.test(between),
  }
}

function tokensAt(text: string, from: number): { tokens: Token[]; end: number } {
  const tokens: Token[] = []
  let at = from
  for (;;) {
    token.lastIndex = at
    const match = token.exec(text)
    if (match === null || isPartOfName(text.slice(token.lastIndex), match[2])) return { tokens, end: at }
    tokens.push({ number: match[1] ?? '', kind: match[2] ?? '' })
    at = token.lastIndex
    gap.lastIndex = at
    gap.exec(text)
    // A gap that leads to no number belongs to what follows.
    const next = gap.lastIndex
    token.lastIndex = next
    const following = token.exec(text)
    if (following === null || isPartOfName(text.slice(token.lastIndex), following[2])) return { tokens, end: at }
    at = next
  }
}

/** A number alone before other words: 3元区 is a name. */
function isPartOfName(rest: string, kind: string | undefined): boolean {
  return kind === undefined && rest !== '' && !partEnd.test(rest)
}

/** Where the first number of an address stands in the text, a number within a name left aside; -1 where there is none. */
export function numbersFrom(text: string): number {
  for (const { index } of text.matchAll(/\d+|[A-Z]+/g)) if (tokensAt(text, index).tokens.length > 0) return index
  return -1
}

/**
 * The building: what is called one; else the first number, which 号 or what follows make one. A number alone is one as
 * often as not, a floor (4楼) seldom.
 */
function buildingOf(tokens: readonly Token[]): Numbers['building'] {
  const [first, second] = tokens
  if (first === undefined) return null
  const named = tokens.findIndex(({ kind }) => kind === '栋')
  if (named !== -1) return { number: tokens[named]?.number ?? '', named: true, weight: named === 0 ? 1 : 0.9 }
  const { number, kind } = first
  if (kind === '号' || kind === '')
    return { number, named: false, weight: second === undefined && kind === '' ? 0.82 : 0.92 }
  if (kind === '楼') return { number, named: false, weight: second === undefined ? 0.66 : 0.88 }
  return null
}

function houseOf(tokens: readonly Token[], text: string): string | null {
  const behindLane = tokens.findIndex(({ kind }) => kind === '弄' || kind === '巷' || kind === '支弄') + 1
  const first = tokens[behindLane]
  if (first === undefined || !['号', '号院', ''].includes(first.kind)) return null
  const second = tokens[behindLane + 1]
  // 12号附3, 12-3号, 12号之3.
  const isSub =
    second !== undefined &&
    (second.kind === '号' || second.kind === '') &&
    (/[附之]/.test(text) || (first.kind === '' && second.kind === '号'))
  return isSub ? `${first.number}-${second.number}` : first.number
}

function unitOf(tokens: readonly Token[]): number | null {
  const named = tokens.find(({ kind }) => kind === '单元')
  // 4栋2-301 and 4-2-301.
  const bare = tokens.length >= 3 && tokens[1]?.kind === '' ? tokens[1] : undefined
  const number = Number((named ?? bare)?.number)
  return Number.isInteger(number) && number > 0 ? number : null
}

/** From the floor itself, or the hundreds of a room. */
function floorOf(tokens: readonly Token[]): number | null {
  const named = tokens.slice(1).find(({ kind }) => kind === '层' || kind === '楼' || kind === 'F')
  if (named !== undefined) return Number(named.number) || null
  const last = tokens.at(-1)
  if (tokens.length < 2 || last === undefined || !['室', '户', '房', ''].includes(last.kind)) return null
  return /^\d{3,4}$/.test(last.number) ? Math.floor(Number(last.number) / 100) : null
}

// A known name that looks like a division (都市花园) is found before this is asked.
const division =
  /^(?:中国)?(?:[^\d\-路街道巷]{2,7}?(?:省|自治区))?(?:[^\d\-路街道巷]{2,4}?市(?![场政民委]))?(?:[^\d\-路街道巷市]{1,4}?(?:(?<![小社园片校厂院库景灾宅分东西南北中])区|县|自治旗)(?![路街巷里大前后]))?/

/** A text without the province, city and district that it begins with. */
export function withoutDivisions(text: string): string {
  return text.slice(division.exec(text)?.[0].length ?? 0)
}

/** A text without the words that say nothing of where it is. */
export function withoutFiller(text: string): string {
  return text.replaceAll(
    /^(?:位于|在|地址|近|至|与|和|的|靠近|邻近)+|(?:附近|旁边?|对面|门口|交叉|路口|处|内|里|的)+$/g,
    '',
  )
}
