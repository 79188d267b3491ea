/** The wall of the same area, in the same language and theme. */
export function wallAddress(area: string | null, search: string): string {
  const here = new URLSearchParams(search)
  const there = new URLSearchParams()
  if (area !== null && /^\d+$/.test(area)) there.set('area', area)
  for (const name of ['lang', 'theme']) {
    const value = here.get(name)
    if (value !== null) there.set(name, value)
  }
  return there.size === 0 ? '/wall' : `/wall?${there}`
}
