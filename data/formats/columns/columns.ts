import type { Datum } from '../../domain/datum.ts'
import type { FieldName } from '../../domain/field-name.ts'
import { anglePart, chooseDatum, datumOf, isPlaced, withoutDatum, hasTwin, mayBeCut } from './column-names.ts'
import type { FieldNames } from '../field-names.ts'
import { FileProblem } from '../file-problem.ts'

/**
 * Which columns of a file hold which field. A field can have several (`name:zh` before `name`): the first that is not
 * empty in a row is taken. Columns may be added while a file is read.
 */
export class ColumnMap {
  readonly #names: Map<string, Match[]>
  readonly #manual: ReadonlyMap<string, FieldName[]>
  /** The fields that take columns by their names. */
  readonly #fields: ReadonlySet<FieldName>
  readonly #ignored: ReadonlySet<string>
  readonly #wanted: Datum | null
  readonly #columns = new Map<FieldName, Entry[]>()
  readonly #known = new Set<string>()
  readonly #parts = { lon: new Map<number, Entry>(), lat: new Map<number, Entry>() }
  readonly #unclear: string[] = []
  #added = 0

  /**
   * @param manual field → column, as the user mapped by hand; such a field takes no other column
   * @param ignored columns that hold no field, whatever they are called
   * @param wanted the datum that somebody said, whose columns are taken where there are several
   * @throws FileProblem when a field is unknown
   */
  constructor(
    fields: FieldNames,
    manual: ReadonlyMap<string, string>,
    ignored: ReadonlySet<string> = new Set(),
    wanted: Datum | null = null,
  ) {
    this.#ignored = ignored
    this.#wanted = wanted
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
    this.#fields = new Set(allFields.filter((field) => !manual.has(field)))
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
    if (this.#added >= columns.length) return
    for (; this.#added < columns.length; this.#added++) {
      const column = columns[this.#added] ?? ''
      const index = this.#added
      this.#known.add(column).add(lowest(column))
      if (this.#ignored.has(column)) continue
      for (const field of this.#manual.get(column) ?? this.#manual.get(lowest(column)) ?? [])
        this.#add(field, { index, column, rank: 0, byHand: true })
      const part = anglePart(column)
      if (part !== null && this.#fields.has(part.field))
        this.#parts[part.field].set(part.part, { index, column, rank: 0, byHand: false })
      // Minutes or seconds alone are no place: read as degrees, they would lie in another country.
      if (part !== null && part.part > 0) continue
      const known = this.#named(column) ?? this.#placed(column) ?? this.#uncut(column, columns)
      for (const { field, rank } of known) this.#add(field, { index, column, rank, byHand: false })
    }
    this.#chooseOneDatum()
    for (const field of ['lon', 'lat'] as const) this.#joinParts(field)
  }

  /** Indices of the field's columns, best first. */
  indices(field: FieldName): readonly { index: number; column: string }[] {
    return this.#columns.get(field) ?? []
  }

  /** Whether the field's columns are the degrees, minutes and seconds of one angle, in this order. */
  isInParts(field: 'lon' | 'lat'): boolean {
    return this.#columns.get(field)?.some(({ index }) => index === this.#parts[field].get(1)?.index) === true
  }

  /** Columns whose names seem to be cut, and could go on as those of several fields. */
  unclear(): readonly string[] {
    return this.#unclear
  }

  /** Which column each recognised field comes from, for the report. */
  described(): { field: FieldName; columns: string[] }[] {
    return [...this.#columns].map(([field, columns]) => ({ field, columns: columns.map(({ column }) => column) }))
  }

  /** The datum that the columns of coordinates name; null where they name none, or several. */
  datum(): Datum | null {
    const datums = new Set(
      [...placed, 'geometry' as const].flatMap((field) =>
        this.indices(field).flatMap(({ column }) => datumOf(column) ?? []),
      ),
    )
    const [datum] = datums
    return datum !== undefined && datums.size === 1 ? datum : null
  }

  /** Columns that were mapped by hand and are not in the file. */
  missing(): string[] {
    return [...this.#manual.keys()].filter((column) => !this.#known.has(column))
  }

  #named(column: string): Match[] | undefined {
    return columnKeys(column)
      .map((key) => this.#names.get(key) ?? [])
      .find((match) => match.length > 0)
  }

  /** A field of coordinates whose column says their datum too, as `百度经度` does. */
  #placed(column: string): Match[] | undefined {
    if (datumOf(column) === null) return undefined
    const found = this.#named(withoutDatum(column))?.filter(({ field }) => isPlaced(field))
    return found?.length === 0 ? undefined : found
  }

  /** Of coordinates in several datums, those of one: a longitude of one and a latitude of another are no place. */
  #chooseOneDatum(): void {
    const named = (field: FieldName) => new Set(this.#columns.get(field)?.map(({ column }) => datumOf(column)))
    const chosen = chooseDatum({ lon: named('lon'), lat: named('lat'), lonLat: named('lonLat') }, this.#wanted)
    if (chosen === undefined) return
    for (const field of placed) {
      const columns = this.#columns.get(field)
      const remaining = columns?.filter(({ column, byHand }) => byHand || datumOf(column) === chosen) ?? []
      if (remaining.length > 0) this.#columns.set(field, remaining)
      else this.#columns.delete(field)
    }
  }

  /** Degrees and minutes in columns of their own, where no other column holds the whole angle. */
  #joinParts(field: 'lon' | 'lat'): void {
    const parts = this.#parts[field]
    const minutes = parts.get(1)
    if (minutes === undefined) return
    const [only, ...others] = this.#columns.get(field) ?? []
    const degrees = parts.get(0) ?? (others.length === 0 ? only : undefined)
    if (degrees === undefined || this.isInParts(field)) return
    const whole = [only, ...others].filter((entry) => entry !== undefined && entry.index !== degrees.index)
    const joined = [degrees, minutes, parts.get(2)]
    const entries = (whole.length > 0 ? whole : joined).filter((entry) => entry !== undefined)
    this.#columns.set(field, entries)
  }

  /** The one field whose names begin like this one, where a Shapefile's table may have cut it. */
  #uncut(column: string, columns: readonly string[]): Match[] {
    if (!mayBeCut(column)) return []
    let fields = this.#beginning(normalise(column))
    const datum = datumOf(column)
    if (fields.length === 0 && datum !== null) {
      fields = this.#beginning(normalise(withoutDatum(column))).filter(isPlaced)
      // 百度经 can be a 百度经度 or a 百度经纬度; beside a 百度纬 it is the former.
      const isBesideLatitude = columns.some((other) => datumOf(other) === datum && withoutDatum(other).startsWith('纬'))
      if (fields.includes('lon') && isBesideLatitude) fields = ['lon']
    }
    // Names of the end of an interval go on where those of the time do: 发生时 is the time.
    if (fields.includes('happenedAt')) fields = fields.filter((field) => field !== 'happenedUntil')
    const [field, ...others] = fields
    // 处置时 can be a deadline, and the time when something was done as well.
    if (field === 'dueAt' && column.endsWith('时')) {
      this.#unclear.push(column)
      return []
    }
    if (field !== undefined && others.length === 0 && !hasTwin(column, columns)) return [{ field, rank: cutRank }]
    if (field !== undefined) this.#unclear.push(column)
    return []
  }

  /** The fields that have a name which begins so and goes on. */
  #beginning(key: string): FieldName[] {
    if (key === '') return []
    const fields = new Set<FieldName>()
    for (const [name, matches] of this.#names)
      if (name.length > key.length && name.startsWith(key)) for (const { field } of matches) fields.add(field)
    return [...fields]
  }

  #add(field: FieldName, entry: Entry): void {
    const columns = this.#columns.get(field) ?? []
    // The second of two columns of one name belongs to something else, such as a summary beside the table.
    if (columns.some(({ column }) => column === entry.column)) return
    columns.push(entry)
    columns.sort((left, right) => left.rank - right.rank || left.index - right.index)
    this.#columns.set(field, columns)
  }
}

type Match = { field: FieldName; rank: number }
type Entry = { index: number; column: string; rank: number; byHand: boolean }

const placed = ['lon', 'lat', 'lonLat'] as const

/** Behind every name that is written out. */
const cutRank = 1_000

/** Case, width, spaces and punctuation of a header do not matter. */
export function normalise(name: string): string {
  return name
    .normalize('NFKC')
    .toLowerCase()
    .replaceAll(/[\s_\-:：./*“”"'#()[\]【】]/g, '')
}

/**
 * What a column may be known by, most telling first: `时间/办结/日期` of a three-level header by `时间办结日期`, then by
 * `办结日期`, then by `日期`; `时间/发生` at last by `发生时间`; `纬度 (Latitude)` also by `纬度` and by `Latitude`;
 * `建筑面积（㎡）` by `建筑面积`.
 */
export function columnKeys(column: string): string[] {
  // Whatever is longer is a text that stands where names should.
  if (column.length > 200) return []
  const levels = column.split('/').slice(-mostLevels)
  const names = levels.map((_, level) => levels.slice(level).join('/'))
  if (levels.length > 1) names.push(levels.slice(-2).toReversed().join('/'))
  return names.flatMap((name) => [normalise(name), ...bracketed(name)]).filter((key) => key !== '')
}

/** Levels that a header has at most; a name can have a few more slashes of its own. */
const mostLevels = 10

/** The lowest level of a name from a header of several. */
function lowest(column: string): string {
  return column.slice(column.lastIndexOf('/') + 1)
}

function bracketed(column: string): string[] {
  const match = /^(.*?)[([【]([^()[\]【】]*)[)\]】]$/.exec(column.normalize('NFKC').trim())
  return match === null ? [] : [normalise(match[1] ?? ''), normalise(match[2] ?? '')]
}
