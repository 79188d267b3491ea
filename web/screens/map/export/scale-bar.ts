/** A bar of a round length: how many metres it stands for and how long it is drawn. */
export type ScaleBar = { metres: number; length: number; text: string }

/** The longest of 1, 2 or 5 × 10ⁿ metres that fits into `longest` units of the page. */
export function scaleBarOf(metresPerUnit: number, longest: number): ScaleBar {
  const room = metresPerUnit * longest
  const power = 10 ** Math.floor(Math.log10(room))
  const factor = [5, 2, 1].find((candidate) => candidate * power <= room) ?? 1
  const metres = factor * power
  return { metres, length: metres / metresPerUnit, text: metres >= 1000 ? `${metres / 1000} km` : `${metres} m` }
}
