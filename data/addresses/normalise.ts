/**
 * The one form in which addresses and names are compared: half width, capitals, Arabic numerals, one word for each level
 * (`4幢`, `4#`, `4号楼` and `４栋` are `4栋`), and a hyphen between numbers that anything separated.
 *
 * Levels and their words follow GB/T 23705 (rules for addresses of the geospatial platform of digital cities) and
 * GA/T 1214's composition of a standard address: division, road, number, estate, building, unit, floor, room.
 */
export function normaliseAddress(text: string): string {
  return text
    .normalize('NFKC')
    .toUpperCase()
    .replace(/[〇○壹贰叁肆伍陆柒捌玖拾佰]/g, (digit) => formal[digit] ?? digit)
    .replaceAll(/[零一二三四五六七八九十百]+/g, arabic)
    .replaceAll(/[\s\p{Dash}~_/\\·•.,、。;:|+*"'“”‘’<>《》【】[\]{}()]+/gu, '-')
    .replaceAll(looseHyphen, '')
    .replaceAll(/(?<![\dA-Z])#-?(\d+)/g, '$1栋')
    .replaceAll(/([\dA-Z])-?(?:#号?楼?|号楼(?![下上道梯前后顶])|号栋|号幢|幢|座|楼栋|栋楼)/g, '$1栋')
    .replaceAll(/(\d)-?(?:门栋|门洞|单元门|单元|梯|门(?![牌口面店诊市]))/g, '$1单元')
    .replaceAll(/第(?=\d)/g, '')
    .replaceAll(looseHyphen, '')
    .replaceAll(/(?<!\d)0+(?=\d)/g, '')
}

/** An address as questions are asked and answered of it: in the form that is compared, without unit, floor and room. */
export function addressKey(address: string): string {
  return normaliseAddress(address)
    .replace(/(?<=栋|号|单元|层|楼|\d-)\d{3,4}(?:室|户|房)?$/, '')
    .replace(/(?<=栋|号|\d-)\d+(?:单元|层|楼)(?:\d+(?:层|楼))?$/, '')
    .replace(/-$/, '')
}

/** A hyphen that is not between two numbers or letters. */
const looseHyphen = /(?<![\dA-Z])-|-(?![\dA-Z])/g

/** What stands outside of an address's brackets, and in them: “文昌路（近港务宿舍3栋）”. */
export function splitBrackets(text: string): { outer: string; inner: string[] } {
  const inner: string[] = []
  const outer = text.normalize('NFKC').replaceAll(/[([【]([^()[\]【】]*)[)\]】]/g, (_, part: string) => {
    inner.push(part)
    return ' '
  })
  return { outer, inner }
}

const formal: Readonly<Record<string, string>> = Object.fromEntries(
  '〇○壹贰叁肆伍陆柒捌玖拾佰'
    .split('')
    .map((digit, index) => [digit, '零零一二三四五六七八九十百'.split('')[index] ?? digit]),
)

const digits = '零一二三四五六七八九'

/** A run of Chinese numerals; beside Arabic ones, where `4二单元` are two numbers, with a hyphen. */
function arabic(run: string, at: number, whole: string): string {
  // 百步亭 is a name, 三百 a number.
  if (run.startsWith('百')) return run.length === 1 ? run : `百${arabic(run.slice(1), at + 1, whole)}`
  const before = /\d/.test(whole[at - 1] ?? '') ? '-' : ''
  const behind = /\d/.test(whole[at + run.length] ?? '') ? '-' : ''
  return `${before}${
    /[十百]/.test(run)
      ? counted(run)
      : run
          .split('')
          .map((digit) => digits.indexOf(digit))
          .join('')
  }${behind}`
}

/** 二十一, 一百零三, 三百二; what is not such a number digit by digit. */
function counted(run: string): string {
  const match = /^(?:([一二三四五六七八九])百)?(零)?(?:([一二三四五六七八九])?十)?([一二三四五六七八九])?$/.exec(run)
  if (match === null)
    return run
      .split('')
      .map((digit) => ('十百'.includes(digit) ? digit : digits.indexOf(digit)))
      .join('')
  const [, hundreds, , tens, ones] = match
  const value = (digit: string | undefined) => (digit === undefined ? 0 : digits.indexOf(digit))
  // 三百二 is 320.
  if (hundreds !== undefined && !run.includes('零') && !run.includes('十') && ones !== undefined)
    return String(value(hundreds) * 100 + value(ones) * 10)
  return String(value(hundreds) * 100 + (run.includes('十') ? value(tens ?? '一') * 10 : 0) + value(ones))
}
