import { throttle, useQueryState, useQueryStates, type inferParserType } from 'nuqs'
import { useCallback } from 'react'
import { viewParameters } from './parameters.ts'

const { at: cameraParser, ...parameters } = viewParameters

export type View = inferParserType<typeof parameters>
export type ViewPatch = { [Key in keyof View]?: View[Key] | null }

/** Where one goes (an area, a list, a case) is a step that “back” undoes; how one looks at it is not. */
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

export type CameraParameter = NonNullable<ReturnType<typeof cameraParser.parse>>

/** The camera in the address. It changes several times a second while the map moves, so only what shows it uses it. */
export function useCamera(): [CameraParameter | null, (camera: CameraParameter) => void] {
  const [camera, setCamera] = useQueryState('at', cameraParser)
  const change = useCallback((at: CameraParameter) => void setCamera(at, replaced), [setCamera])
  return [camera, change]
}
