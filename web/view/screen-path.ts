/** Paths of the screens, in the language and theme that `search`, the query string of the page, has. */
export function mapPath(search: string): string {
  return screenPath('/', search)
}

export function importPath(search: string): string {
  return screenPath('/admin/import', search)
}

/** The own account. */
export function mePath(search: string): string {
  return screenPath('/me', search)
}

/** The audit trail. */
export function auditPath(search: string): string {
  return screenPath('/audit', search)
}

/** Hot spots and the like; of an area where one is given. */
export function analysisPath(area: string | null, search: string): string {
  return screenPath('/analysis', search, area !== null && /^\d+$/.test(area) ? { area } : {})
}

/** The figures of the closed loop; of an area where one is given. */
export function figuresPath(area: string | null, search: string): string {
  return screenPath('/figures', search, area !== null && /^\d+$/.test(area) ? { area } : {})
}

/** The form for new incidents. */
export function intakePath(search: string): string {
  return screenPath('/intake', search)
}

/** What has to be done. */
export function tasksPath(search: string): string {
  return screenPath('/tasks', search)
}

/** What is due today in an area, or where who asks works, as a list. */
export function dueListPath(area: string | null, search: string): string {
  return screenPath('/tasks', search, { of: 'all', clock: 'today', ...(area === null ? {} : { area }) })
}

/** The same on the map, without what else may be drawn there of cases. */
export function dueMapPath(area: string | null, search: string): string {
  const layers = 'grids,buildings,due,labels'
  return screenPath('/', search, { layers, density: 'off', ...(area === null ? {} : { area }) })
}

/** A case on the map, as it was known when the page shows it so. */
export function casePath(street: string, number: string, search: string): string {
  return screenPath('/', search, { selected: `incident:${street}-${number}`, ...asOfPage(search) })
}

/** The page of a case, as it was known when the page shows it so. */
export function incidentPath(street: string, number: string, search: string): string {
  return screenPath(`/incident/${street}/${encodeURIComponent(number)}`, search, asOfPage(search))
}

function asOfPage(search: string): Record<string, string> {
  const asOf = new URLSearchParams(search).get('asOf')
  return asOf === null ? {} : { asOf }
}

/** Where a wall is paired; the code follows in the fragment, which is never sent. */
export function pairPath(search: string): string {
  return screenPath('/pair', search)
}

/** Time limits and calendar. */
export function clocksPath(search: string): string {
  return screenPath('/clocks', search)
}

export function accountsPath(search: string): string {
  return screenPath('/admin/accounts', search)
}

/** The wall of an area; of the first street where `area` is null or stands for all. */
export function wallPath(area: string | null, search: string): string {
  return screenPath('/wall', search, area !== null && /^\d+$/.test(area) ? { area } : {})
}

function screenPath(path: string, search: string, parameters: Record<string, string> = {}): string {
  const current = new URLSearchParams(search)
  const target = new URLSearchParams(parameters)
  for (const name of ['lang', 'theme']) {
    const value = current.get(name)
    if (value !== null) target.set(name, value)
  }
  return target.size === 0 ? path : `${path}?${target}`
}
