import type { WorkflowRole } from '../../domain/incident-workflow/incident-loop.ts'
import type { StepContent } from '../../domain/incident-workflow/step-actions.ts'
import { homeDayNumber, startOfHomeDay } from '../../domain/local-time.ts'
import type { Random } from '../../stats/random.ts'
import { opinionOf, reasonOf, type Reasoned } from '../text/opinions.ts'
import { nextOfficeHour } from './calendar.ts'
import type { Traits } from './traits.ts'

/** A step of a case as one of the demo's people takes it. */
export type LifeStep = { role: WorkflowRole; content: StepContent; opinion: string; at: number }

/** When somebody acts: as soon as it is time, while people are about, or in office hours. */
export type Pace = 'at_once' | 'by_day' | 'office'

export const minute = 60_000
export const hour = 60 * minute
export const day = 24 * hour

/** The steps of one case as they are taken, one after the other. */
export class Course {
  readonly steps: LifeStep[] = []
  readonly traits: Traits
  readonly random: Random
  now: number
  readonly #words: Random | null
  /** What is urgent does not wait for the morning. */
  readonly #isFast: boolean

  /** @param words of which opinions and reasons are drawn; null: without any */
  constructor(traits: Traits, random: Random, words: Random | null) {
    this.traits = traits
    this.random = random
    this.now = traits.reportedAt
    this.#words = words
    this.#isFast = traits.urgency !== '1' || traits.type === 'E10'
  }

  /** Takes a step some time after the one before it. */
  take(role: WorkflowRole, content: StepContent, wait: number, pace: Pace = 'by_day'): void {
    this.now = this.#isFast && pace !== 'office' ? this.now + wait : this.#paced(this.now + wait, pace)
    this.#push(role, content, Math.floor(this.now))
  }

  /** Takes a step at an instant, which is not before the last step. */
  takeAt(role: WorkflowRole, content: StepContent, at: number, pace: Pace = 'by_day'): void {
    this.take(role, content, Math.max(minute, at - this.now), pace)
  }

  /** A word that is drawn, or one that stands for any. */
  word(draw: (words: Random) => string, otherwise: string): string {
    return this.#words === null ? otherwise : draw(this.#words)
  }

  reason(action: Reasoned): { reason: string } {
    return { reason: this.word((words) => reasonOf(action, words), '见附件') }
  }

  /** How often an action was taken so far. */
  count(action: StepContent['action']): number {
    return this.steps.filter(({ content }) => content.action === action).length
  }

  #push(role: WorkflowRole, content: StepContent, at: number): void {
    const opinion = this.#words === null ? '' : opinionOf(content, this.traits, this.#words)
    this.steps.push({ role, content, opinion, at })
  }

  #paced(instant: number, pace: Pace): number {
    if (pace === 'at_once') return instant
    const moved = pace === 'office' ? nextOfficeHour(instant) : nextMorning(instant)
    // Nobody does everything at the stroke of the hour.
    return moved === instant ? instant : moved + this.random.between(0, 35) * minute
  }
}

/** The given instant between 7:00 and 21:30, else the next 7:00. */
function nextMorning(instant: number): number {
  const midnight = startOfHomeDay(homeDayNumber(instant))
  if (instant < midnight + 7 * hour) return midnight + 7 * hour
  return instant < midnight + 21.5 * hour ? instant : midnight + day + 7 * hour
}
