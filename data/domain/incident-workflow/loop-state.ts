import { z } from 'zod'
import { IncidentStatus } from '../incident-status.ts'
import { Instant } from '../instant.ts'
import { clockNodes } from './clocks.ts'
import { petitionForms, petitionLevels, seriousEventKinds } from './serious-event.ts'
import { StepAction } from './step-actions.ts'

const Named = z.object({ zh: z.string(), en: z.string() })

/** Where a case stands, by which clocks, and what the asker may do next. Nothing in it is personal. */
export const LoopState = z.object({
  status: IncidentStatus,
  /** Of the last step: what the next one has to name. */
  sequence: z.int(),
  /** 1 community, 2 sub-district, 3 professional body. */
  level: z.int().min(1).max(3),
  unit: z.string(),
  jointUnits: z.array(z.string()),
  clocks: z.array(
    z.object({
      node: z.enum(clockNodes),
      label: Named,
      startedAt: Instant,
      /** Counts a pause that lasts until now. */
      dueAt: Instant,
      isPaused: z.boolean(),
      /** 1 in time, 2 due soon, 3 overdue. */
      state: z.enum(['1', '2', '3']),
    }),
  ),
  next: z.array(
    z.object({
      action: StepAction,
      label: Named,
      /** Null: it returns to where it was. */
      to: IncidentStatus.nullable(),
      /** Members of the content that have to be given. */
      needs: z.array(z.string()),
      /** JSON Schema of what the step records besides actor, time and opinion. */
      content: z.record(z.string(), z.unknown()),
    }),
  ),
  /** Steps that are requests of their own (`merge`, `unmerge`, `add_party`) and may be taken now. */
  also: z.array(StepAction),
  mergedInto: z.string().nullable(),
  /** Numbers of the cases that were merged into it. */
  duplicates: z.array(z.string()),
  /** Of meetings: what a unit has to do, and whether it has. */
  decisions: z.array(
    z.object({ decision: z.string(), unit: z.string(), dueAt: Instant, state: z.enum(['open', 'done']) }),
  ),
  /** Those that stand, by the step that recorded them. */
  seriousEvents: z.array(
    z.object({
      step: z.int(),
      kind: z.enum(seriousEventKinds),
      happenedAt: Instant,
      people: z.int().nullable(),
      level: z.enum(petitionLevels).nullable(),
      petitionForm: z.enum(petitionForms).nullable(),
    }),
  ),
  agreements: z.array(
    z.object({
      agreement: z.string(),
      form: z.enum(['written', 'oral']),
      parties: z.array(z.string()),
      duties: z.array(
        z.object({
          duty: z.string(),
          party: z.string(),
          dueAt: Instant,
          state: z.enum(['open', 'performed', 'breached']),
        }),
      ),
    }),
  ),
  log: z.array(
    z.object({
      sequence: z.int(),
      action: StepAction,
      label: Named,
      status: IncidentStatus,
      unit: z.string().nullable(),
      at: Instant,
      role: z.string(),
      /** What the step recorded; nothing personal. */
      content: z.record(z.string(), z.unknown()),
    }),
  ),
})
export type LoopState = z.output<typeof LoopState>
