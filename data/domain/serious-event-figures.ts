import { define, type FigureDefinition } from './figure-definition.ts'
import {
  type PetitionLevel,
  petitionLevelLabels,
  type SeriousEventKind,
  seriousEventLabels,
} from './incident-workflow/serious-event.ts'
import type { Label } from './label.ts'

const recordedAlone: Label = {
  zh: '按发生时间计，一件事件期内多次发生计一件；已撤回的登记和并件、作废件不计。',
  en: 'By when it happened: a case in which that happened more than once in the period counts once. Without what was withdrawn, and without merged and void cases.',
}
const onlyFromFiles: Label = { zh: '办理过程只来自文件', en: 'known from files alone' }

const count = (
  label: Label,
  { zh, en }: Label,
  unknown: Label | null,
): FigureDefinition & { unit: 'count'; group: 'serious' } => ({
  ...define({
    label,
    unit: 'count',
    group: 'serious',
    wanted: 'less',
    numerator: label,
    denominator: null,
    cohort: { zh: `${zh}${recordedAlone.zh}`, en: `${en} ${recordedAlone.en}` },
    unknown,
  }),
  unit: 'count',
  group: 'serious',
})

const ofKind = (kind: SeriousEventKind, cohort: Label) => count(seriousEventLabels[kind], cohort, onlyFromFiles)

const toLevel = (level: PetitionLevel) => {
  const { zh, en } = petitionLevelLabels[level]
  const label = { zh: `${zh}上访`, en: `Petition: ${en.toLowerCase()}` }
  const cohort = {
    zh: `当事人${zh}上访的事件，同一事件到过多级的，每级各计一件。`,
    en: `Cases that a party took to a petition at this level (${en.toLowerCase()}); a case that went to several levels counts at each.`,
  }
  return count(label, cohort, null)
}

/** What a centre has to prevent (安全底线), counted by cases. Zero is zero: who finds nothing has prevented it. */
export const seriousEventFigures = {
  criminal: ofKind('criminal', {
    zh: '矛盾纠纷转为刑事案件的事件。',
    en: 'Cases that turned into a criminal case.',
  }),
  mass_incident: ofKind('mass_incident', {
    zh: '引发群体性事件的事件。',
    en: 'Cases that became an incident of a group of people.',
  }),
  petition: ofKind('petition', {
    zh: '当事人上访的事件，不论层级，到过多级的计一件。',
    en: 'Cases that a party took to a petition, at whatever level and at however many.',
  }),
  petition_street: toLevel('street'),
  petition_district: toLevel('district'),
  petition_city: toLevel('city'),
  petition_province: toLevel('province'),
  petition_capital: toLevel('capital'),
  petition_group: count(
    { zh: '集体上访', en: 'Petition by a group' },
    {
      zh: '集体上访的事件，不论层级，已在“上访”之内。',
      en: 'Cases that a group took to a petition, at whatever level; they are among “Petition”.',
    },
    null,
  ),
} as const satisfies Record<string, FigureDefinition>
