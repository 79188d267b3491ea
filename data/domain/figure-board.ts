import { z } from 'zod'
import { CommunityCode } from './area-code.ts'
import { FigureValue } from './figures.ts'
import { Instant } from './instant.ts'

/** Figures of the board, each with its list. */
export const boardFigures = ['accepted', 'closed', 'disputes_resolved', 'overdue'] as const

/** Months that a streak is followed back. */
export const longestStreak = 36

/**
 * `GET /api/figures/board`: how each community stands at the end of a month, after the practice of clearing a place each
 * month (月清零一地) and resolving a dispute each month (月化解一件). Cleared: no case of it is open and overdue.
 */
export const FigureBoard = z.object({
  /** `YYYY-MM` */
  month: z.string().regex(/^\d{4}-\d{2}$/),
  asOf: Instant,
  communities: z.array(
    z.object({
      code: CommunityCode,
      name: z.string(),
      figures: z.array(FigureValue),
      isCleared: z.boolean(),
      /** Months in a row, this one included, at whose end it was cleared: since its first case, `longestStreak` at most. */
      streak: z.int().min(0),
      /** The four first times, in their order. */
      firstTimes: z.array(FigureValue),
    }),
  ),
})
export type FigureBoard = z.infer<typeof FigureBoard>
