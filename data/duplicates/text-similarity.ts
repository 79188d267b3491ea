/**
 * A text as a bag of character bigrams: Chinese is written without spaces, and two characters are a word more often than
 * not, so that no dictionary is needed.
 */
export type Bigrams = ReadonlyMap<string, number>

/** How often each pair of neighbouring letters or digits occurs; punctuation separates. */
export function bigramsOf(text: string): Bigrams {
  const counts = new Map<string, number>()
  for (const run of text
    .normalize('NFKC')
    .toUpperCase()
    .split(/[^\p{L}\p{N}]+/u)) {
    const letters = Array.from(run)
    for (let i = 1; i < letters.length; i++) {
      const pair = `${letters[i - 1]}${letters[i]}`
      counts.set(pair, (counts.get(pair) ?? 0) + 1)
    }
  }
  return counts
}

/**
 * Similarity of texts by what is rare among `texts`: a pair of characters weighs ln((1 + n) / (1 + texts with it)) + 1 for
 * n texts (inverse document frequency; Spärck Jones 1972, doi:10.1108/eb026526, with one text more that has everything).
 */
export class TextSimilarity {
  readonly #texts: number
  readonly #occurrences = new Map<string, number>()

  constructor(texts: readonly Bigrams[]) {
    this.#texts = texts.length
    for (const text of texts)
      for (const pair of text.keys()) this.#occurrences.set(pair, (this.#occurrences.get(pair) ?? 0) + 1)
  }

  /** Cosine of the weighted pairs: 0 without a common one, 1 for equal texts. NaN where a text has none. */
  cosine(a: Bigrams, b: Bigrams): number {
    let [common, ofA, ofB] = [0, 0, 0]
    for (const [pair, count] of a) {
      const value = this.#value(pair, count)
      ofA += value ** 2
      const other = b.get(pair)
      if (other !== undefined) common += value * this.#value(pair, other)
    }
    for (const [pair, count] of b) ofB += this.#value(pair, count) ** 2
    return common / Math.sqrt(ofA * ofB)
  }

  /** Share of what a text says that another one says too, from 0 to 1. NaN where it says nothing. */
  share(text: Bigrams, other: Bigrams): number {
    let [common, all] = [0, 0]
    for (const pair of text.keys()) {
      const weight = this.#weight(pair)
      all += weight
      if (other.has(pair)) common += weight
    }
    return common / all
  }

  #value(pair: string, count: number): number {
    return (1 + Math.log(count)) * this.#weight(pair)
  }

  #weight(pair: string): number {
    return Math.log((1 + this.#texts) / (1 + (this.#occurrences.get(pair) ?? 0))) + 1
  }
}
