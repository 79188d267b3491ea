const hanging = /^[、，。；：！？）》」』,.;:!?)]$/
const segmenter = new Intl.Segmenter('zh', { granularity: 'word' })

/**
 * Breaks `text` into at most `maxLines` lines no wider than `maxWidth` by `measure`; text that is cut off ends in “…”.
 * Chinese breaks between words, Latin never inside one; punctuation that may not begin a line hangs over its end instead.
 */
export function wrapText(
  text: string,
  maxWidth: number,
  maxLines: number,
  measure: (text: string) => number,
): string[] {
  const lines: string[] = []
  let line = ''
  for (const { segment } of segmenter.segment(text)) {
    if (line === '' || hanging.test(segment) || measure(line + segment) <= maxWidth) {
      line += segment
      continue
    }
    lines.push(line.trimEnd())
    line = segment.trimStart()
  }
  if (line !== '') lines.push(line)
  if (lines.length <= maxLines) return lines

  let last = lines[maxLines - 1]!
  while (last !== '' && measure(`${last}…`) > maxWidth) last = last.slice(0, -1)
  return [...lines.slice(0, maxLines - 1), `${last}…`]
}
