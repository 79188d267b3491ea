export const sheetSteps = ['peek', 'half', 'full'] as const
export type SheetStep = (typeof sheetSteps)[number]

/** Pixels of the sheet at each step, of the room below the top bar. The style sheet says the same. */
export function heightOf(step: SheetStep, room: number): number {
  switch (step) {
    case 'peek':
      return Math.round(Math.min(256, room * 0.36))
    case 'half':
      return Math.round(room * 0.5)
    case 'full':
      return room - 8
  }
}

/** The step whose height is nearest to where the sheet was let go. */
export function nearestStep(height: number, room: number): SheetStep {
  const distance = (step: SheetStep) => Math.abs(heightOf(step, room) - height)
  return sheetSteps.toSorted((a, b) => distance(a) - distance(b))[0]!
}
