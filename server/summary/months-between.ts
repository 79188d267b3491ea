/** Every calendar month from the first to the last of some sorted ones, `YYYY-MM`. */
export function monthsBetween(sorted: readonly string[]): string[] {
  const first = sorted[0]
  const last = sorted.at(-1)
  if (first === undefined || last === undefined) return []
  const months: string[] = []
  let [year = 0, month = 0] = first.split('-').map(Number)
  for (let name = first; name <= last; name = `${String(year).padStart(4, '0')}-${String(month).padStart(2, '0')}`) {
    months.push(name)
    month += 1
    if (month > 12) [year, month] = [year + 1, 1]
  }
  return months
}
