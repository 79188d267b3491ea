import type { Label } from '../label.ts'

/**
 * What a centre has to prevent (安全底线): that a case turns criminal (民转刑), becomes an incident of a group (群体性事件), or
 * that a party takes it to a petition (上访).
 */
export const seriousEventKinds = ['criminal', 'mass_incident', 'petition'] as const
export type SeriousEventKind = (typeof seriousEventKinds)[number]
export const seriousEventLabels: Record<SeriousEventKind, Label> = {
  criminal: { zh: '民转刑', en: 'Turned criminal' },
  mass_incident: { zh: '群体性事件', en: 'Mass incident' },
  petition: { zh: '上访', en: 'Petition' },
}

/** To whom a petition goes, upwards. */
export const petitionLevels = ['street', 'district', 'city', 'province', 'capital'] as const
export type PetitionLevel = (typeof petitionLevels)[number]
export const petitionLevelLabels: Record<PetitionLevel, Label> = {
  street: { zh: '到街道', en: 'Sub-district' },
  district: { zh: '到区', en: 'District' },
  city: { zh: '到市', en: 'City' },
  province: { zh: '到省', en: 'Province' },
  capital: { zh: '进京', en: 'Capital' },
}

export const petitionForms = ['individual', 'group'] as const
export type PetitionForm = (typeof petitionForms)[number]
export const petitionFormLabels: Record<PetitionForm, Label> = {
  individual: { zh: '个人访', en: 'By individuals' },
  group: { zh: '集体访', en: 'By a group' },
}

/** One that stands: it was recorded, and not withdrawn. Known by the step that recorded it. */
export type SeriousEvent = {
  step: number
  kind: SeriousEventKind
  /** In milliseconds since 1970. */
  happenedAt: number
  /** Of a mass incident: how many took part. */
  people: number | null
  /** Of a petition. */
  level: PetitionLevel | null
  petitionForm: PetitionForm | null
}

/** What is given besides kind and time: all that belongs to the kind, and nothing else. */
export function seriousEventFault(given: {
  kind: SeriousEventKind
  people?: number | undefined
  level?: PetitionLevel | undefined
  petitionForm?: PetitionForm | undefined
}): Label | null {
  const { kind, people, level, petitionForm } = given
  const isMass = kind === 'mass_incident'
  const isPetition = kind === 'petition'
  if (isMass !== (people !== undefined))
    return isMass
      ? { zh: '群体性事件须填写参与人数。', en: 'Of a mass incident, say how many people took part.' }
      : { zh: '只有群体性事件填写参与人数。', en: 'Only a mass incident has a number of people.' }
  if (isPetition !== (level !== undefined) || isPetition !== (petitionForm !== undefined))
    return isPetition
      ? { zh: '上访须填写层级和方式。', en: 'Of a petition, say to which level and by whom it went.' }
      : { zh: '只有上访填写层级和方式。', en: 'Only a petition has a level and a form.' }
  return null
}
