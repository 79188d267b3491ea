import { throttle, useQueryStates, type inferParserType } from 'nuqs'
import { useCallback } from 'react'
import { viewParameters } from './parameters.ts'

export type View = inferParserType<typeof viewParameters>
export type ViewPatch = { [Key in keyof View]?: View[Key] | null }

/** Where one goes (an area, a list, a case) is a step that “back” undoes; how one looks at it is not. */
const steps: ReadonlySet<string> = new Set(['area', 'selected', 'list'] satisfies (keyof View)[])

export type ChangeView = (patch: ViewPatch) => void

/** The view and the one way to change it; both live in the address. */
export function useView(): [View, ChangeView] {
  const [view, setView] = useQueryStates(viewParameters)
  const change = useCallback<ChangeView>(
    (patch) => {
      const isStep = Object.keys(patch).some((key) => steps.has(key))
      // Safari refuses more than a hundred history entries in 30 s.
      void setView(patch, isStep ? { history: 'push' } : { history: 'replace', limitUrlUpdates: throttle(200) })
    },
    [setView],
  )
  return [view, change]
}
