import { parentOf } from '@minqing/data/domain/area-code'
import { useEffect } from 'react'
import { wholeArea } from '../../view/whole.ts'
import { usePlace, useViewState } from './map-page.ts'

/** Escape closes the selected object, else the list, else goes up one level of areas. */
export function useEscape(): void {
  const { view, change } = useViewState()
  const { select, open } = usePlace()
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.key !== 'Escape' || event.defaultPrevented) return
      if (event.target instanceof HTMLInputElement && event.target.value !== '' && event.target.type === 'search')
        return
      // Dialogs handle the key themselves.
      if (document.querySelector('dialog[open]') !== null) return
      if (view.selected !== null) select(null)
      else if (view.list !== null) change({ list: null })
      else if (view.area !== null && view.area !== wholeArea) {
        const parent = parentOf(view.area)
        if (parent !== null) open(parent)
      }
    }
    document.addEventListener('keydown', onKey)
    return () => document.removeEventListener('keydown', onKey)
  }, [view.selected, view.list, view.area, change, select, open])
}
