/**
 * Whether a name may have been cut by a dBase table, which keeps ten bytes: five Chinese characters in GBK, three in
 * UTF-8, ten Latin letters.
 */
export function mayBeCut(name: string): boolean {
  const utf8 = Buffer.byteLength(name)
  let gbk = 0
  for (const character of name) gbk += character < '\u0080' ? 1 : 2
  return (utf8 >= 8 && utf8 <= 10 && name.length >= 3) || gbk === 9 || gbk === 10
}

/** Whether another column's name was cut to the same, so that a number keeps them apart: neither can be told then. */
export function hasTwin(name: string, columns: readonly string[]): boolean {
  return columns.some((other) => {
    const stem = other.replace(/_\d{1,2}$/, '')
    return stem !== other && stem.length >= 2 && name !== other && name.startsWith(stem) && mayBeCut(other)
  })
}
