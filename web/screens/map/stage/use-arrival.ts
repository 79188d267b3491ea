import { useCallback, useEffect, useMemo, useRef, useState } from 'react'
import type { MapInputs } from '../../../map/map-inputs.ts'
import { boundsOf } from '../../../view/bounds.ts'
import { cameraOver, type Camera } from '../../../view/camera-over.ts'
import { useCamera } from '../../../view/use-view.ts'
import { wholeArea } from '../../../view/whole.ts'
import { useFreshness, usePlace, useViewState } from '../map-page.ts'

/**
 * Takes the map to where the page looks: it begins over the street, goes to an area when that is opened, and stays
 * where a link with a camera put it until then. `begun` says when the map may be made.
 */
export function useArrival(padding: MapInputs['padding']): {
  begun: boolean
  firstCamera: Camera | null
  onReady: () => void
  onCamera: (at: Camera) => void
} {
  const { view } = useViewState()
  const [camera, setCamera] = useCamera()
  const { street, feature, areas, map, loadingAreas } = usePlace()
  const { status, loadingStatus } = useFreshness()
  const [ready, setReady] = useState(false)
  const [begun, setBegun] = useState(false)
  const [firstCamera, setFirstCamera] = useState(camera)
  const arrived = useRef<string | undefined>(camera === null ? undefined : 'camera of the link')

  const isStreet = view.area === null || view.area === wholeArea
  const geometry = view.area === null ? undefined : feature(view.area)?.geometry
  const box = useMemo(() => (geometry === undefined ? null : boundsOf(geometry)), [geometry])
  const bounds = isStreet ? street?.bbox : box
  const target = bounds ? (view.area ?? street?.code) : undefined

  // Begun where it will stay: no flight from far away, no tiles of places nobody asked for.
  const known = status !== undefined && (isStreet || (areas !== undefined && street !== undefined))
  const failed = loadingStatus.failed !== null || loadingAreas.failed !== null || status?.streets.length === 0
  if ((known || failed) && !begun) {
    setBegun(true)
    const over = bounds ?? street?.bbox
    if (firstCamera === null && over !== undefined) {
      const width = window.innerWidth - padding.left - padding.right
      setFirstCamera(cameraOver(over, width, window.innerHeight * 0.6))
    }
  }

  useEffect(() => {
    if (!ready || !bounds || target === arrived.current) return
    const before = arrived.current
    arrived.current = target
    if (before !== 'camera of the link') map.current?.fit(bounds, { animate: before !== undefined })
  }, [ready, target, bounds, map])

  const onReady = useCallback(() => setReady(true), [])
  const onCamera = useCallback(
    (at: Camera) => {
      // The camera before the first target is nobody's choice and stays out of the address.
      if (arrived.current !== undefined) setCamera(at)
    },
    [setCamera],
  )
  return { begun, firstCamera, onReady, onCamera }
}
