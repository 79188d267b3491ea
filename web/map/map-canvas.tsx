import { useEffect, useImperativeHandle, useRef, type Ref } from 'react'
import type { MapEvents, MapHandle, MapInputs } from './map-inputs.ts'
import style from './map-canvas.module.css'
import { MapRecovery } from './map-recovery.ts'

/** The map. Everything that draws it is loaded after the page's first paint. */
export function MapCanvas({ ref, ...props }: MapInputs & MapEvents & { ref?: Ref<MapHandle> }) {
  const container = useRef<HTMLDivElement>(null)
  const recovery = useRef<MapRecovery>(null)

  useEffect(() => {
    if (recovery.current === null) recovery.current = new MapRecovery(container.current!, props)
    else recovery.current.update(props)
  })
  useEffect(
    () => () => {
      recovery.current?.destroy()
      recovery.current = null
    },
    [],
  )

  useImperativeHandle(ref, () => ({
    fit: (box, options) => recovery.current?.whenReady((view) => view.fit(box, options)),
    camera: () => recovery.current?.camera() ?? { lon: 0, lat: 0, zoom: 0, bearing: 0, pitch: 0 },
    zoomBy: (steps) => recovery.current?.whenReady((view) => view.zoomBy(steps)),
    resetNorth: () => recovery.current?.whenReady((view) => view.resetNorth()),
    legends: async () => (await recovery.current?.view())?.legends() ?? [],
    picture: async (options) => {
      const view = await recovery.current?.view()
      if (view === undefined) throw new Error('there is no map to take a picture of')
      return view.picture(options)
    },
  }))

  return <div ref={container} className={style.canvas} />
}
