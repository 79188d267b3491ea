import { pinyin } from 'pinyin-pro'

const readings = new Map<string, readonly string[]>()

/** The syllables of a character without tones, in what is confused when heard or typed: n and l, z and zh, in and ing. */
function syllables(character: string): readonly string[] {
  let known = readings.get(character)
  if (known === undefined) {
    // A numeral stands for its Chinese digit: names are compared with Arabic numerals.
    const all = pinyin('零一二三四五六七八九'[Number(character)] ?? character, {
      multiple: true,
      toneType: 'none',
      type: 'array',
      nonZh: 'removed',
    })
    known = [
      ...new Set(
        all.map((syllable) =>
          syllable
            .replace(/^([zcs])h/, '$1')
            .replace(/^n/, 'l')
            .replace(/(?<=[aei]n)g$/, ''),
        ),
      ),
    ]
    readings.set(character, known)
  }
  return known
}

/** Whether two characters may be written for each other by ear. */
export function soundsAlike(one: string, other: string): boolean {
  if (one === other) return true
  const heard = syllables(other)
  return syllables(one).some((syllable) => heard.includes(syllable))
}
