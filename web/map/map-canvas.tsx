import { useEffect, useImperativeHandle, useRef, type Ref } from 'react'
import type { MapEvents, MapHandle, MapInputs } from './map-inputs.ts'
import style from './map-canvas.module.css'
import { MapRecovery } from './map-recovery.ts'

/** The map. Everything that draws it is loaded after the page's first paint. */
export function MapCanvas({ ref, ...props }: MapInputs & MapEvents & { ref?: Ref<MapHandle> }) {
  const container = useRef<HTMLDivElement>(null)
  const keeper = useRef<MapRecovery>(null)

  useEffect(() => {
    // The keeper is made with the first inputs and told of all later ones below.
    if (keeper.current === null) keeper.current = new MapRecovery(container.current!, props)
    else keeper.current.update(props)
  })
  useEffect(
    () => () => {
      keeper.current?.destroy()
      keeper.current = null
    },
    [],
  )

  useImperativeHandle(ref, () => ({
    fit: (box, options) => keeper.current?.ask((room) => room.fit(box, options)),
    camera: () => keeper.current?.camera() ?? { lon: 0, lat: 0, zoom: 0, bearing: 0, pitch: 0 },
    zoomBy: (steps) => keeper.current?.ask((room) => room.zoomBy(steps)),
    resetNorth: () => keeper.current?.ask((room) => room.resetNorth()),
    capture: async (options) => {
      const room = await keeper.current?.room()
      if (room === undefined) throw new Error('there is no map to take a picture of')
      return room.capture(options)
    },
  }))

  return <div ref={container} className={style.canvas} />
}
