import type { AnalysisBacktest, AnalysisChoice, AnalysisQuestion, UnitResult } from '@minqing/data/domain/analysis'
import type { GlobalFigures } from '@minqing/data/domain/global-figures'
import type { NearRepeat } from '@minqing/data/domain/near-repeat'
import type { Units } from '../units.ts'

export type MethodInput = {
  question: AnalysisQuestion
  units: Units
  /** To be called from time to time with the part that is done, from 0 to 1. */
  progress: (done: number) => void
}

export type MethodOutput = {
  chosen: AnalysisChoice[]
  /** Units of which nothing can be said. */
  islands: number
  /** Of early warnings. */
  backtest?: AnalysisBacktest | null
  /** Of methods that compare units with their neighbours. */
  global?: GlobalFigures | null
  /** Of near repeats. */
  nearRepeat?: NearRepeat
  /** Of a density: share of the ground on which so much is expected that an excess can be tested, from 0 to 1. */
  testedShare?: number
  /** Properties of each unit’s feature, or of each outline that the method made. */
  properties: UnitResult[]
  /** Of methods that read positions: outlines of their own as GeoJSON, and the incidents that lie in none. */
  outlines?: { geometries: string[]; outside: number }
}

/** A method: one file each, and a line in `registry.ts`. It depends on its input alone, so that it gives the same again. */
export type Method = (input: MethodInput) => MethodOutput
