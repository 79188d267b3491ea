import { z } from 'zod'
import { BuildingCode, GridCode, StreetCode } from './area-code.ts'
import type { Label } from './label.ts'

/** GB/T 2261.1 */
export const sexes = ['0', '1', '2', '9'] as const
export const Sex = z.enum(sexes)

export const populationTypes = ['10', '20', '30', '40'] as const
export const PopulationType = z.enum(populationTypes)
export const populationTypeLabels: Record<(typeof populationTypes)[number], Label> = {
  '10': { zh: '户籍', en: 'Registered' },
  '20': { zh: '流动', en: 'Migrant' },
  '30': { zh: '境外', en: 'From abroad' },
  '40': { zh: '未落户', en: 'Unregistered' },
}

export const Household = z.object({
  id: z.string(),
  streetCode: StreetCode,
  gridCode: GridCode,
  buildingCode: BuildingCode,
  unit: z.int().min(1),
  floor: z.int(),
  room: z.string(),
})
export type Household = z.infer<typeof Household>

/** What counts and age bands need of a resident. Names, numbers and phones are not collected for that. */
export const Resident = z.object({
  id: z.string(),
  streetCode: StreetCode,
  gridCode: GridCode,
  buildingCode: BuildingCode,
  householdId: z.string(),
  sex: Sex,
  birthDate: z.iso.date(),
  populationType: PopulationType,
  /** S01 独居老人: an elderly person living alone. */
  livesAlone: z.boolean(),
})
export type Resident = z.infer<typeof Resident>

/** Display bands: [from, to) in years; the edges 14, 65, 70 … stay available because the birth date is kept. */
export const ageBands = [
  { id: '0-6', from: 0, to: 7 },
  { id: '7-17', from: 7, to: 18 },
  { id: '18-59', from: 18, to: 60 },
  { id: '60-79', from: 60, to: 80 },
  { id: '80+', from: 80, to: 200 },
] as const
export const AgeBand = z.enum(ageBands.map((band) => band.id))
export type AgeBand = z.infer<typeof AgeBand>
