import type { Position } from 'geojson'

/**
 * Lines to rings: each is continued by one that begins or ends where it ends, until it is back where it began. What
 * does not close is left out, and said.
 */
export function joinLines(lines: readonly Position[][]): { rings: Position[][]; open: number } {
  const rings: Position[][] = []
  const atEnd = new Map<string, Set<number>>()
  const unused = new Set<number>()
  lines.forEach((line, i) => {
    if (line.length < 2) return
    if (isClosed(line)) {
      rings.push([...line])
      return
    }
    unused.add(i)
    for (const end of [line[0], line.at(-1)]) {
      const key = keyOf(end)
      atEnd.set(key, (atEnd.get(key) ?? new Set()).add(i))
    }
  })
  let open = 0
  for (const start of unused) {
    unused.delete(start)
    const ring = [...(lines[start] ?? [])]
    while (!isClosed(ring)) {
      const key = keyOf(ring.at(-1))
      let next: number | null = null
      for (const candidate of atEnd.get(key) ?? []) {
        if (unused.has(candidate)) {
          next = candidate
          break
        }
        atEnd.get(key)?.delete(candidate)
      }
      if (next === null) break
      unused.delete(next)
      const line = lines[next] ?? []
      const onward = keyOf(line[0]) === key ? line : line.toReversed()
      for (let i = 1; i < onward.length; i++) ring.push(onward[i] as Position)
    }
    if (isClosed(ring) && ring.length >= 4) rings.push(ring)
    else open++
  }
  return { rings, open }
}

function isClosed(line: readonly Position[]): boolean {
  return line.length > 2 && keyOf(line[0]) === keyOf(line.at(-1))
}

function keyOf(position: Position | undefined): string {
  return `${position?.[0]} ${position?.[1]}`
}
