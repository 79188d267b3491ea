import type { AnalysisQuestion } from '@minqing/data/domain/analysis'
import { LRUCache } from 'lru-cache'
import { type Scope, scopeKey } from '../store/scope.ts'
import type { AnalysisInput } from './analysis-input.ts'
import { readingOf } from './read-input.ts'

type Read = Omit<AnalysisInput, 'question'>

/** Bytes of inputs that are kept: some tens of a street's, a few of a city's. */
const capacity = 64 * 2 ** 20

/** What the last questions were read from, so that another parameter of the same incidents is not read again. */
export class InputCache {
  readonly #inputs = new LRUCache<string, Read>({ maxSize: capacity, sizeCalculation: sizeOf })

  /**
   * @param edition says which data are read: it changes with them
   * @param read of what has not been read yet under this scope, or not from these data
   */
  async get(
    question: AnalysisQuestion,
    edition: string,
    scope: Scope,
    read: () => Promise<AnalysisInput>,
  ): Promise<AnalysisInput> {
    const key = JSON.stringify([readingOf(question), edition, scopeKey(scope)])
    const known = this.#inputs.get(key)
    if (known !== undefined) return { ...known, question }
    const input = await read()
    this.#inputs.set(key, input)
    return input
  }
}

/** Of the arrays and outlines, in bytes; strings have two a character at most. */
function sizeOf({ places, counts, positions, homes, earlier, reports }: Read): number {
  const arrays = [
    counts,
    positions,
    homes?.positions,
    homes?.households,
    earlier?.counts,
    earlier?.positions,
    ...Object.values(reports ?? {}).filter((column) => typeof column !== 'number'),
  ]
  const numbers = arrays.reduce((sum, array) => sum + (array?.byteLength ?? 0), 0)
  return places.reduce((sum, { geometry, name }) => sum + 2 * (geometry.length + name.length) + 200, numbers + 1)
}
