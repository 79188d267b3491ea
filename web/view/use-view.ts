import { facetNames, mapFacets } from '@minqing/data/domain/incident-facets'
import type { IncidentFilter } from '@minqing/data/domain/incident-filter'
import { throttle, useQueryState, useQueryStates, type inferParserType } from 'nuqs'
import { useCallback, useMemo } from 'react'
import type { Camera } from './camera.ts'
import type { ViewFilter } from './crossfilter.ts'
import { viewParameters, allStreetsCode } from './parameters.ts'

const { at: cameraParser, ...parameters } = viewParameters

export type View = inferParserType<typeof parameters>
export type ViewPatch = { [Key in keyof View]?: View[Key] | null }

/** Where one goes (an area, a list, an incident) is a step that “back” undoes; how one looks at it is not. */
const steps: ReadonlySet<string> = new Set(['area', 'selected', 'list'] satisfies (keyof View)[])

export type ChangeView = (patch: ViewPatch) => void

/** Safari refuses more than a hundred history entries in 30 s. */
const replaced = { history: 'replace', limitUrlUpdates: throttle(200) } as const

/** The view and the one way to change it; both live in the address. The camera is apart from it: see `useCamera`. */
export function useView(): [View, ChangeView] {
  const [view, setView] = useQueryStates(parameters)
  const change = useCallback<ChangeView>(
    (patch) => {
      const isStep = Object.keys(patch).some((key) => steps.has(key))
      void setView(patch, isStep ? { history: 'push' } : replaced)
    },
    [setView],
  )
  return [view, change]
}

/** The camera in the address. It changes several times a second while the map moves, so only what shows it uses it. */
export function useCamera(): [Camera | null, (camera: Camera) => void] {
  const [camera, setCamera] = useQueryState('at', cameraParser)
  const change = useCallback((at: Camera) => void setCamera(at, replaced), [setCamera])
  return [camera, change]
}

/** The part of the view that selects incidents: the same object until it changes, whatever else of the view does. */
export function useViewFilter(view: View): ViewFilter {
  const text = JSON.stringify({ area: view.area, time: view.time, ...mapFacets((name) => view[name]) })
  // What was written just now is read again.
  return useMemo(() => JSON.parse(text) as ViewFilter, [text])
}

function instantOf(seconds: number): string {
  return new Date(seconds * 1000).toISOString().replace('.000', '')
}

/** The filter that the view selects by, as the server understands it; `street` when no area is looked into. */
export function filterOf(view: ViewFilter, street: string | undefined): IncidentFilter {
  const filter: IncidentFilter = {}
  const area = view.area ?? street
  if (area !== undefined && area !== allStreetsCode) filter.area = area
  if (view.time.from !== null) filter.from = instantOf(view.time.from)
  if (view.time.to !== null) filter.to = instantOf(view.time.to)
  const chosen = facetNames.filter((name) => view[name].length > 0).map((name) => [name, view[name]])
  return Object.assign(filter, Object.fromEntries(chosen))
}
