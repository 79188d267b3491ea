/** What a person typed, as the database compares it. */
export type SearchTerms = {
  /** The whole, for ranking: an equal or beginning name comes first. */
  whole: string
  /** `like` patterns of its words, all of which must occur; `%`, `_` and `\` mean themselves. */
  patterns: string[]
  /** The same for its beginning. */
  beginning: string
  /**
   * Beginnings of case numbers that can be meant, as typed and in capitals: at least three characters that numbers are
   * made of, one a digit. None where no number is meant.
   */
  numbers: string[]
}

/** Full-width forms are folded (NFKC): Chinese input methods write １２ for 12. */
export function searchTerms(typed: string): SearchTerms {
  const whole = typed.normalize('NFKC').trim().toLowerCase()
  const words = whole.split(/\s+/).filter((word) => word !== '')
  return {
    whole,
    patterns: words.map((word) => `%${literally(word)}%`),
    beginning: `${literally(whole)}%`,
    numbers: /^[\w-]{3,}$/.test(whole) && /\d/.test(whole) ? [...new Set([whole, whole.toUpperCase()])] : [],
  }
}

/** Text in which `%`, `_` and `\\` mean themselves to `like`. */
export function literally(text: string): string {
  return text.replaceAll(/[\\%_]/g, String.raw`\$&`)
}
