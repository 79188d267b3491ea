import { isFilled } from '../tables/table-header.ts'

/** What the values of a column look like, from the first of them: for a person to see whether it was understood. */
export const columnKinds = ['number', 'date', 'time', 'code', 'text', 'geometry', 'empty'] as const
export type ColumnKind = (typeof columnKinds)[number]

const shown = 5

/** Gathers the first values of each column, and what most of them are. */
export class ColumnSamples {
  readonly #samples: string[][] = []
  readonly #kinds: Map<ColumnKind, number>[] = []

  add(cells: readonly unknown[]): void {
    cells.forEach((cell, column) => {
      const text = textOf(cell)
      if (text === '') return
      const samples = (this.#samples[column] ??= [])
      if (samples.length < shown && !samples.includes(text)) samples.push(text)
      const kinds = (this.#kinds[column] ??= new Map<ColumnKind, number>())
      const kind = kindOf(text)
      kinds.set(kind, (kinds.get(kind) ?? 0) + 1)
    })
  }

  describe(name: string, column: number): { name: string; samples: readonly string[]; kind: ColumnKind } {
    const [most] = [...(this.#kinds[column] ?? [])].toSorted((left, right) => right[1] - left[1])
    return { name, samples: this.#samples[column] ?? [], kind: most?.[0] ?? 'empty' }
  }
}

function textOf(cell: unknown): string {
  if (!isFilled(cell)) return ''
  return typeof cell === 'string' ? cell.trim() : JSON.stringify(cell)
}

function kindOf(text: string): ColumnKind {
  const plain = text.slice(0, 60).normalize('NFKC')
  if (/^'?\d{9,18}$|^'?0\d+$/.test(plain)) return 'code'
  if (/^[+-]?(\d+|\d{1,3}(,\d{3})+)(\.\d+)?(e[+-]?\d+)?$/i.test(plain)) return 'number'
  if (/^\d{4}([-/.年])\d{1,2}([-/.月]\d{1,2}日?)?/.test(plain)) return /\d[:时点]|T\d/.test(plain) ? 'time' : 'date'
  return /^(SRID=\d+;)?\s*(MULTI)?(POINT|LINESTRING|POLYGON)|^\{"type":"/i.test(plain) ? 'geometry' : 'text'
}
