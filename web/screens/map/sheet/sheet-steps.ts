export const sheetSteps = ['peek', 'half', 'full'] as const
export type SheetStep = (typeof sheetSteps)[number]

/** Pixels of the sheet at each step; `available` is the height below the top bar. The style sheet has the same values. */
export function heightOf(step: SheetStep, available: number): number {
  switch (step) {
    case 'peek':
      return Math.round(Math.min(256, available * 0.36))
    case 'half':
      return Math.round(available * 0.5)
    case 'full':
      return available - 8
  }
}

/** The step whose height is nearest. */
export function nearestStep(height: number, available: number): SheetStep {
  const distance = (step: SheetStep) => Math.abs(heightOf(step, available) - height)
  return sheetSteps.toSorted((a, b) => distance(a) - distance(b))[0]!
}
