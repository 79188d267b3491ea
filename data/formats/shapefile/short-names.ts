/** Bytes of a field's name in a dBase table. */
const most = 10

const bytesOf = (text: string) => Buffer.byteLength(text)

/** The longest beginning of a text, at a character, that has room in so many bytes of UTF-8. */
export function cutToBytes(text: string, room: number): string {
  if (bytesOf(text) <= room) return text
  let cut = ''
  for (const character of text) {
    if (bytesOf(cut) + bytesOf(character) > room) break
    cut += character
  }
  return cut
}

/**
 * Names of at most ten bytes for the columns of a dBase table: the name as it is where it has room; else without what
 * is in brackets, cut at a character (three of Chinese). One that is taken already gets a number at its end.
 */
export function shortNames(names: readonly string[]): string[] {
  const taken = new Set<string>()
  return names.map((name) => {
    const plain = name.replaceAll(/[（(].*?[）)]|\s/g, '')
    let short = cutToBytes(plain, most)
    // dBase compares names without regard to case.
    for (let number = 2; taken.has(short.toUpperCase()); number++)
      short = cutToBytes(plain, most - String(number).length) + String(number)
    taken.add(short.toUpperCase())
    return short
  })
}
