import type { Transaction } from '../../store/connect.ts'
import type { Likeness, Repeat } from '../check/repeats.ts'
import type { RepeatKey } from '../collections/collection.ts'

/** Repeats that are sent at once. */
const piece = 2_000

export type FoundRepeats = {
  /** Gives the next of them in the order of the file; null when there are none. */
  next: (() => Promise<Repeat[]>) | null
  /** Rows without a number of their own that agree in all that was recognised and differ elsewhere: all are kept. */
  alike: number
}

/**
 * Finds staged rows whose key an earlier row of the file has, and takes those that repeat it out of `import_row`: the
 * first one counts. Rows whose key was made of what they say repeat another only where they are the same as a whole; the
 * others of them get a key of their own, numbered in the order of the file, so that the same file gives the same keys.
 * The database does this, because it can do it with any number of rows in the same memory.
 */
export async function findRepeats(transaction: Transaction, { columns, identity }: RepeatKey): Promise<FoundRepeats> {
  // Under "C", text is sorted as bytes, which is all that is needed and ten times as fast.
  const ordered = columns.map((column) => `r.${column} collate "C"`)
  const key = ordered.join(', ')
  const same = columns.map((column) => `r.${column} = k.${column}`).join(' and ')
  const number = columns.at(-1)!
  await transaction.unsafe(`analyze import_row (ordinal, ${columns.join(', ')})`)
  await transaction.unsafe(`
    create temp table import_alike on commit drop as
    select r.ordinal, min(r.ordinal) over of_key as first,
      ${identity ? 'max(r.numbered) over of_key' : '1'} as numbered,
      ${identity ? `min(r.ordinal) over (partition by ${key}, r.whole)` : 'r.ordinal'} as first_whole
    from (
      select ${columns.map((column, index) => `${ordered[index]} as ${column}`).join(', ')} from import_row r
      where ${columns[0]} is not null group by ${key} having count(*) > 1
    ) k join import_row r on ${same}
    window of_key as (partition by ${key})`)
  await transaction.unsafe(`
    create temp table import_repeat on commit drop as
    select a.ordinal, f.ordinal as first, f.line,
      ${identity ? `case when r.whole = f.whole then 'whole' when r.recognised = f.recognised then 'recognised' else 'otherwise' end` : `'otherwise'`}
        as likeness
    from import_alike a join import_row r using (ordinal)
      join import_row f on f.ordinal = case a.numbered when 1 then a.first else a.first_whole end
    where a.ordinal > f.ordinal`)
  const removed = await transaction`delete from import_row r using import_repeat d where r.ordinal = d.ordinal`
  const alike = await transaction.unsafe(`
    update import_row r set ${number} = r.${number} || case a.place when 1 then '' else '-' || a.place end
    from (
      select ordinal, row_number() over (partition by first order by ordinal) as place, count(*) over (partition by first) as rows
      from import_alike where numbered = 0 and ordinal = first_whole
    ) a
    where a.ordinal = r.ordinal and a.rows > 1`)
  if (removed.count === 0) return { next: null, alike: alike.count }
  await transaction`create index on import_repeat (ordinal)`
  let after = 0
  const next = async () => {
    const rows = await transaction<{ ordinal: number; first: number; line: number; likeness: Likeness }[]>`
      select ordinal, first, line, likeness from import_repeat where ordinal > ${after} order by ordinal limit ${piece}`
    after = rows.at(-1)?.ordinal ?? after
    return rows.map(({ ordinal, first, line, likeness }): Repeat => [ordinal, first, line, likeness])
  }
  return { next, alike: alike.count }
}
