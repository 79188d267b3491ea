import { soundsAlike } from './sound.ts'

/** What estates, roads and houses are called after the words that distinguish them, longest first. */
const kinds =
  '工人新村 苑小区 家属院 家属区 生活区 商业街 小区 新村 花园 家园 嘉园 公寓 宿舍 大厦 雅苑 华庭 名居 名苑 公馆 1品 国际 广场 中心 大道 大院 社区 路 街 巷 弄 里 苑 村 院 城 庄 坊 园 府 楼'.split(
    ' ',
  )

/** A name without what such things are called: 港务 of 港务家属院. Shorter than two characters is no name. */
export function nameStem(name: string): string {
  const kind = kinds.find((word) => name.endsWith(word) && name.length - word.length >= 2)
  return kind === undefined ? name : name.slice(0, -kind.length)
}

/** A name with its stem, which comparing many names would find again each time. */
export type StemmedName = { name: string; stem: string }

/** Names that are compared are at least so long: of shorter ones any two are alike. */
const shortest = 3

/**
 * How surely a written name means a known one, from 0 to 1: written by ear, abbreviated, with one character left out, put in,
 * exchanged or taken for another. In a name of two distinguishing characters another character makes another name
 * (柳堤, 柳苑), unless it sounds the same.
 */
export function likeness(
  { name: written, stem: writtenStem }: StemmedName,
  { name: known, stem }: StemmedName,
): number {
  if (written === known) return 1
  if (written.length < 2 || known.length < shortest || Math.abs(written.length - known.length) > 4) return 0
  if (written.length === known.length) {
    const apart = written.split('').filter((character, index) => !soundsAlike(character, known[index] ?? ''))
    if (apart.length === 0) return written.length - same(written, known) > 2 ? 0.7 : 0.93
    if (isSwapped(written, known)) return 0.85
    if (apart.length > 1) return 0
    const at = written.split('').findIndex((character, index) => !soundsAlike(character, known[index] ?? ''))
    if (at < stem.length) return stem.length > 2 ? 0.82 : 0.5
    // 文昌街 is another road than 文昌路, 文昌跄 is not.
    return writtenStem !== written && known.length < 4 ? 0.5 : 0.84
  }
  // 港务院 for 港务家属院, 江北村 for 江北新村: the whole stem and some of the rest, in order.
  if (written.startsWith(stem) && isPartOf(written.slice(stem.length), known.slice(stem.length))) return 0.86
  if (written.length === known.length - 1 && known.length >= 4 && isPartOf(written, known))
    return stem.length > 2 ? 0.82 : 0.7
  if (written.length === known.length + 1 && known.length >= 4 && isPartOf(known, written) && !written.endsWith(known))
    return 0.8
  if (stem.length > written.length && stem.startsWith(written) && written.length * 3 >= stem.length * 2) return 0.66
  // 港务小区 for 港务家属院, where nothing else is called so.
  if (writtenStem === stem && written !== stem) return 0.68
  return 0
}

function same(one: string, other: string): number {
  return one.split('').filter((character, index) => character === other[index]).length
}

/** Whether two neighbouring characters have changed places. */
function isSwapped(one: string, other: string): boolean {
  const at = one.split('').findIndex((character, index) => character !== other[index])
  return (
    one.slice(0, at) + (one[at + 1] ?? '') + (one[at] ?? '') + one.slice(at + 2) === other && one[at] !== one[at + 1]
  )
}

/** Whether the characters of one stand in the other, in order. */
function isPartOf(part: string, whole: string): boolean {
  let at = 0
  for (const character of whole) if (character === part[at]) at++
  return at === part.length
}
