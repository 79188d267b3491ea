import { mayBeCut } from './cut-name.ts'
import type { FieldName, FieldNames } from './field-names.ts'
import { FileProblem } from './file-problem.ts'

/**
 * Which columns of a file hold which field. A field can have several (`name:zh` before `name`): the first that is not
 * empty in a row is taken. Columns may be added while a file is read.
 */
export class ColumnMap {
  readonly #names: Map<string, { field: FieldName; rank: number }[]>
  readonly #manual: ReadonlyMap<string, FieldName[]>
  readonly #ignored: ReadonlySet<string>
  readonly #columns = new Map<FieldName, { index: number; column: string; rank: number }[]>()
  readonly #known = new Set<string>()
  #added = 0

  /**
   * @param manual field → column, as the user mapped by hand; such a field takes no other column
   * @param ignored columns that hold no field, whatever they are called
   * @throws FileProblem when a field is unknown
   */
  constructor(fields: FieldNames, manual: ReadonlyMap<string, string>, ignored: ReadonlySet<string> = new Set()) {
    this.#ignored = ignored
    const allFields = Object.keys(fields) as FieldName[]
    const byHand = new Map<string, FieldName[]>()
    for (const [name, column] of manual) {
      const field = allFields.find((candidate) => candidate === name)
      if (field === undefined)
        throw new FileProblem(
          `--map ${name}=${column}：没有字段“${name}”。可用的字段：${allFields.join('、')}`,
          `--map ${name}=${column}: there is no field “${name}”. Fields are: ${allFields.join(', ')}`,
        )
      byHand.set(column, [...(byHand.get(column) ?? []), field])
    }
    this.#manual = byHand
    this.#names = new Map()
    for (const field of allFields) {
      if (manual.has(field)) continue
      ;[field, ...(fields[field] ?? [])].forEach((name, rank) => {
        const key = normalise(name)
        const same = this.#names.get(key) ?? []
        if (!same.some((other) => other.field === field)) this.#names.set(key, [...same, { field, rank }])
      })
    }
  }

  /** Takes note of the file's columns from the first not yet seen. */
  learn(columns: readonly string[]): void {
    for (; this.#added < columns.length; this.#added++) {
      const column = columns[this.#added] ?? ''
      const index = this.#added
      this.#known.add(column).add(lowest(column))
      if (this.#ignored.has(column)) continue
      for (const field of this.#manual.get(column) ?? this.#manual.get(lowest(column)) ?? [])
        this.#add(field, { index, column, rank: 0 })
      const matches = columnKeys(column).map((key) => this.#names.get(key) ?? [])
      const known = matches.find((match) => match.length > 0) ?? this.#uncut(column)
      for (const { field, rank } of known) this.#add(field, { index, column, rank })
    }
  }

  /** Indices of the field's columns, best first. */
  indices(field: FieldName): readonly { index: number; column: string }[] {
    return this.#columns.get(field) ?? []
  }

  /** Which column each recognised field comes from, for the report. */
  described(): { field: FieldName; columns: string[] }[] {
    return [...this.#columns].map(([field, columns]) => ({ field, columns: columns.map(({ column }) => column) }))
  }

  /** Columns that were mapped by hand and are not in the file. */
  missing(): string[] {
    return [...this.#manual.keys()].filter((column) => !this.#known.has(column))
  }

  /** The one field whose names begin like this one, where a Shapefile's table may have cut it. */
  #uncut(column: string): { field: FieldName; rank: number }[] {
    if (!mayBeCut(column)) return []
    const key = normalise(column)
    const fields = new Set<FieldName>()
    for (const [name, matches] of this.#names)
      if (name.length > key.length && name.startsWith(key)) for (const { field } of matches) fields.add(field)
    const [field] = fields
    return field !== undefined && fields.size === 1 ? [{ field, rank: cutRank }] : []
  }

  #add(field: FieldName, entry: { index: number; column: string; rank: number }): void {
    const columns = this.#columns.get(field) ?? []
    columns.push(entry)
    columns.sort((left, right) => left.rank - right.rank || left.index - right.index)
    this.#columns.set(field, columns)
  }
}

/** Behind every name that is written out. */
const cutRank = 1_000

/** Case, width, spaces and punctuation of a header do not matter. */
export function normalise(name: string): string {
  return name
    .normalize('NFKC')
    .toLowerCase()
    .replaceAll(/[\s_\-:：./*“”"'#()]/g, '')
}

/**
 * What a column may be known by, most telling first: `办结/时间` of a two-level header by `办结时间`, then by `时间`;
 * `纬度 (Latitude)` also by `纬度` and by `Latitude`; `建筑面积（㎡）` by `建筑面积`.
 */
export function columnKeys(column: string): string[] {
  const own = lowest(column)
  const keys = [normalise(column), ...bracketed(column), ...(own === column ? [] : [normalise(own), ...bracketed(own)])]
  return keys.filter((key) => key !== '')
}

/** The lowest level of a name from a header of several. */
function lowest(column: string): string {
  return column.slice(column.lastIndexOf('/') + 1)
}

function bracketed(column: string): string[] {
  const match = /^(.*?)\s*\(([^()]*)\)\s*$/.exec(column.normalize('NFKC'))
  return match === null ? [] : [normalise(match[1] ?? ''), normalise(match[2] ?? '')]
}
