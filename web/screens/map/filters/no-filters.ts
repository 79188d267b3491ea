import { wholeTime } from '../../../view/time-window.ts'
import type { ViewPatch } from '../../../view/use-view.ts'

/** The view with every condition taken off; place and appearance stay. */
export const noFilters: ViewPatch = { time: wholeTime, type: [], channel: [], status: [], risk: [] }
