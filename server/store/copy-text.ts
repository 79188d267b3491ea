export type CopyValue = string | number | null

/** One row in COPY's text format. */
export function copyLine(values: readonly CopyValue[]): string {
  let text = ''
  let separator = ''
  for (const value of values) {
    text += separator + escape(value)
    separator = '\t'
  }
  return `${text}\n`
}

/** A backslash before what would end a value. */
function escape(value: CopyValue): string {
  if (value === null) return '\\N'
  if (typeof value === 'number') return String(value)
  return /[\\\t\n\r]/.test(value) ? value.replaceAll(/[\\\t\n\r]/g, (character) => escapes[character] ?? '') : value
}

const escapes: Record<string, string> = { '\\': '\\\\', '\t': '\\t', '\n': '\\n', '\r': '\\r' }
