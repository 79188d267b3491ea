import type { IncidentColumns } from '@minqing/data/domain/incident-columns'
import type { ViewFilter } from '../../../web/view/crossfilter.ts'
import { filterChanges, filteredRows, incidentColumns, newest } from './incidents-in-page.ts'
import { checkHeat } from './check-heat.ts'
import { OurHeat, TheirHeat, type Drawer } from './drawers.ts'
import { Stage, type Draws } from './stage.ts'

/** One change of the filter. */
export type Change = {
  /** Milliseconds from the change to its heat. */
  ours: number
  theirs: number
  incidents: number
  /** Pixels of ours that were compared with what they should be. */
  compared: number
}

/** Both kinds of heat over the same incidents, one stage each. */
class HeatBench {
  readonly #columns: IncidentColumns
  readonly #changes: ViewFilter[]
  readonly #ourStage = new Stage()
  readonly #theirStage = new Stage()
  readonly #ours: OurHeat
  readonly #theirs: TheirHeat

  constructor(incidents: number) {
    this.#columns = incidentColumns(incidents)
    this.#changes = filterChanges(this.#columns)
    this.#ours = new OurHeat(this.#columns, this.#ourStage)
    this.#theirs = new TheirHeat(this.#columns, this.#theirStage)
  }

  /** The first picture also compiles shaders and sends the points to the worker: that is no change of a filter. */
  async begin(): Promise<number> {
    await this.#ours.show(newest(this.#columns))
    await this.#theirs.show(newest(this.#columns))
    return this.#changes.length
  }

  /** Changes the filter of one and then of the other, and looks whether both have drawn it. */
  async change(index: number): Promise<Change> {
    const filter = this.#changes[index]!
    const before = this.#theirStage.picture()
    const ours = await this.#timed(this.#ours, this.#ourStage, filter)
    const theirs = await this.#timed(this.#theirs, this.#theirStage, filter)
    const rows = filteredRows(this.#columns, filter)
    const compared = checkHeat(this.#ourStage, this.#ours.result!, this.#columns, rows)
    const after = this.#theirStage.picture()
    if (after.every((channel, at) => channel === before[at])) throw new Error('HeatmapLayer drew nothing new')
    return { ours, theirs, incidents: rows.length, compared }
  }

  /** What a frame of our heat draws. */
  frame(): Draws {
    return this.#ourStage.frame()
  }

  end(): void {
    this.#ours.destroy()
    this.#ourStage.destroy()
    this.#theirStage.destroy()
  }

  /** Only the one that is measured is composed into the page. */
  async #timed(drawer: Drawer, stage: Stage, filter: ViewFilter): Promise<number> {
    for (const other of [this.#ourStage, this.#theirStage]) other.visible = other === stage
    const began = performance.now()
    await drawer.show(filter)
    return performance.now() - began
  }
}

declare global {
  var HeatBench: new (incidents: number) => HeatBench
  var heatBench: HeatBench
}
globalThis.HeatBench = HeatBench
