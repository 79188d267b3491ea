/// <reference lib="dom" />
import type { Layer } from '@deck.gl/core'
import { HeatmapLayer } from '@deck.gl/aggregation-layers'
import type { IncidentColumns } from '@minqing/data/domain/incident-columns'
import { DensityClient } from '../../../web/map/density/density-client.ts'
import type { DensityResult } from '../../../web/map/density/density-result.ts'
import { heatLayers } from '../../../web/map/layers/heat.ts'
import { tally, type ViewFilter } from '../../../web/view/crossfilter.ts'
import { filteredRows } from './incidents-in-page.ts'
import type { Stage } from './stage.ts'

/** Metres of the kernel: what the page chooses for a street of this size. */
const bandwidth = 150

/** From a changed filter to its heat on the stage. `result` is what our worker answered. */
export type Drawer = { show: (filter: ViewFilter) => Promise<void> }

/** As the map page does it: counted for every panel in one pass, spread in the worker, drawn as one raster. */
export class OurHeat implements Drawer {
  readonly #columns: IncidentColumns
  readonly #stage: Stage
  readonly #client: DensityClient
  #received: (result: DensityResult) => void = () => {}
  result: DensityResult | null = null

  constructor(columns: IncidentColumns, stage: Stage) {
    this.#columns = columns
    this.#stage = stage
    this.#client = new DensityClient((result) => this.#received(result))
    this.#client.setPoints(columns)
  }

  async show(filter: ViewFilter): Promise<void> {
    const { mask } = tally(this.#columns, filter, this.#columns.reported.at(-1)!)
    const result = await new Promise<DensityResult>((resolve) => {
      this.#received = resolve
      this.#client.request({ mode: 'heat', bandwidth, mask })
    })
    if (result.mode === 'heat') await this.#stage.show(heatLayers(result, 'light'))
    this.result = result
  }

  destroy(): void {
    this.#client.destroy()
  }
}

/**
 * deck.gl's own layer the way that costs it least: only the points that the filter leaves, chosen in a bare loop, in
 * binary attributes, the same kernel radius. A change of data is not debounced in this layer; zooming, which is, does
 * not happen here, and the delay is 0 all the same.
 */
export class TheirHeat implements Drawer {
  readonly #columns: IncidentColumns
  readonly #stage: Stage

  constructor(columns: IncidentColumns, stage: Stage) {
    this.#columns = columns
    this.#stage = stage
  }

  async show(filter: ViewFilter): Promise<void> {
    const { x, y } = this.#columns
    const rows = filteredRows(this.#columns, filter)
    const places = new Float32Array(rows.length * 2)
    for (let i = 0; i < rows.length; i++) {
      places[i * 2] = x[rows[i]!]! * 1e-7
      places[i * 2 + 1] = y[rows[i]!]! * 1e-7
    }
    const layer = new HeatmapLayer({
      id: 'heat',
      data: { length: rows.length, attributes: { getPosition: { value: places, size: 2 } } },
      radiusPixels: bandwidth / this.#stage.viewport.metersPerPixel,
      debounceTimeout: 0,
    })
    await this.#stage.show([layer as Layer])
  }
}
