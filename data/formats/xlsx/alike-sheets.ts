import { isHeading } from '../words/header-words.ts'

/** Sheets that hold rows of other sheets again, or none that are meant: sums, copies, samples. */
const besides =
  /汇总|总表|合计|统计|示例|样例|样表|样板|范例|模板|备份|副本|作废|[(（]\d+[)）]\s*$|total|summary|sample|example|template|backup|copy/i

/** Whether a sheet's name says that its rows are no part of the ledger, or stand elsewhere too. */
export function isBesides(name: string): boolean {
  return besides.test(name)
}

/**
 * Whether a sheet goes on with another one's table, as a sheet for each month does: it has no column that the other
 * lacks, and two thirds of those whose names are well known. Their order does not matter.
 *
 * @param columns names of the table that may go on
 * @param others names of the sheet's columns
 */
export function goesOn(columns: readonly string[], others: readonly string[]): boolean {
  const names = columns.filter((name) => name !== '')
  const known = names.filter(isHeading)
  const needed = known.length >= 2 ? known : names
  const shared = needed.filter((name) => others.includes(name)).length
  return shared >= 2 && shared * 3 >= needed.length * 2 && others.every((name) => name === '' || names.includes(name))
}
