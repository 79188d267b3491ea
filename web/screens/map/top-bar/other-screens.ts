/** The wall of the same area, in the same language and theme. */
export function wallAddress(area: string | null, search: string): string {
  return addressOf('/wall', search, area !== null && /^\d+$/.test(area) ? { area } : {})
}

export function importAddress(search: string): string {
  return addressOf('/admin/import', search)
}

function addressOf(path: string, search: string, parameters: Record<string, string> = {}): string {
  const here = new URLSearchParams(search)
  const there = new URLSearchParams(parameters)
  for (const name of ['lang', 'theme']) {
    const value = here.get(name)
    if (value !== null) there.set(name, value)
  }
  return there.size === 0 ? path : `${path}?${there}`
}
