import { roundLength } from '../map/stage/scale-length.ts'

/** A scale bar of a round length: metres on the ground, and its length on paper in millimetres. */
export type ScaleBar = { metres: number; length: number; text: string }

/** The longest of 1, 2 or 5 × 10ⁿ metres that is at most `longest` millimetres. */
export function scaleBarOf(metresPerMillimetre: number, longest: number): ScaleBar {
  const metres = roundLength(metresPerMillimetre, longest)
  return {
    metres,
    length: metres / metresPerMillimetre,
    text: metres >= 1000 ? `${metres / 1000} km` : `${metres} m`,
  }
}

/** `1:12,500`: three significant digits, as the scale of a screen's view is no round number. */
export function scaleRatio(metresPerMillimetre: number): string {
  const ratio = Number((metresPerMillimetre * 1000).toPrecision(3))
  return `1:${Math.round(ratio).toLocaleString('en')}`
}
