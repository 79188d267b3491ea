import { z } from 'zod'
import type { Label } from './label.ts'

export const partySides = ['applicant', 'respondent', 'third'] as const
export const PartySide = z.enum(partySides)
export type PartySide = z.output<typeof PartySide>
export const partySideLabels: Record<PartySide, Label> = {
  applicant: { zh: '申请人', en: 'Applicant' },
  respondent: { zh: '被申请人', en: 'Respondent' },
  third: { zh: '第三人', en: 'Third party' },
}

export const partyKinds = ['person', 'organisation'] as const
export const PartyKind = z.enum(partyKinds)
export type PartyKind = z.output<typeof PartyKind>

/** Somebody whom a case concerns, as it is entered. */
export const NewParty = z.strictObject({
  side: PartySide,
  kind: PartyKind.default('person'),
  name: z.string().trim().min(1).max(100),
  phone: z
    .string()
    .trim()
    .regex(/^[0-9+ -]{0,30}$/)
    .default(''),
})
export type NewParty = z.output<typeof NewParty>

/** The same as it is shown: names and numbers as the role may see them. */
export const IncidentParty = z.object({
  /** As the steps of the case name it. */
  party: z.string(),
  side: PartySide,
  kind: PartyKind,
  isReporter: z.boolean(),
  /** Of the merged case that it came with. */
  from: z.string().nullable(),
  name: z.string(),
  phone: z.string(),
  /** Whether name and number can be revealed, with a reason. */
  isMasked: z.boolean(),
})
export type IncidentParty = z.output<typeof IncidentParty>

/** A name of which the first and, of three characters or more, the last one is shown (domain: personal information). */
export function maskName(name: string): string {
  const characters = Array.from(name)
  if (characters.length <= 1) return characters.length === 0 ? '' : '*'
  if (characters.length === 2) return `${characters[0]}*`
  return `${characters[0]}${'*'.repeat(characters.length - 2)}${characters.at(-1)}`
}

/** A telephone number of which at most the first three and the last four digits are shown. */
export function maskPhone(phone: string): string {
  const digits = phone.replaceAll(/\D/g, '')
  if (digits.length < 8) return '*'.repeat(digits.length)
  return `${digits.slice(0, 3)}${'*'.repeat(digits.length - 7)}${digits.slice(-4)}`
}
