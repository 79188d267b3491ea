import { channelLabels, channelOriginLabels, channelOrigins, channels, channelsOf } from './channel.ts'
import {
  incidentStageLabels,
  incidentStages,
  incidentStatuses,
  incidentStatusLabels,
  stageOf,
} from './incident-status.ts'
import { disputeTypes, eventCategoryLabels, incidentTypeLabels, incidentTypes, otherTypes } from './incident-type.ts'
import type { Label } from './label.ts'
import { riskLabels, risks } from './risk.ts'

/** Codes of a facet that are offered together. */
export type FacetGroup<Code extends string> = { key: string; label: Label; codes: readonly Code[] }

/**
 * A closed set of codes by which incidents are filtered and counted. Its name is the property of `Incident`, the key of
 * `IncidentFilter`, the URL parameter of the API and of the map page, the queryable and the Arrow column.
 */
export type IncidentFacet<Code extends string = string> = {
  /** Column of `incident`, never null. */
  column: string
  /** Its position in this list is the code's number in Arrow columns and in stored counts; at most 256. */
  codes: readonly Code[]
  /** How many codes the facet may ever have: reserves bits of the stored counting key, a power of two. */
  capacity: number
  labels: Record<Code, Label>
  /** Of the filter control and the queryable, as in “Type”. */
  title: Label
  /** Of several codes, in the provenance of an export. */
  plural: Label
  /** Header of the export's column; an import recognises it. */
  header: Label
  /** Whether an export writes the code beside its label. */
  exportsCode: boolean
  /** Whether the codes have an order; those of the others are shown most frequent first. */
  isOrdered: boolean
  /** Whether the filter control offers codes that no incident has. */
  offersEmpty: boolean
  /** What a parameter's value looks like. */
  example: string
  /** Groups that are one code in a parameter and one name in words. */
  aliases: readonly FacetGroup<Code>[]
  /** Null where all codes are one group. */
  groups: readonly FacetGroup<Code>[] | null
}

const disputes = { key: 'E01', label: eventCategoryLabels.E01, codes: disputeTypes }

/** What residents reported and what workers discovered: one code of a parameter each. */
const origins = channelOrigins.map((origin) => ({
  key: origin,
  label: channelOriginLabels[origin],
  codes: channelsOf(origin),
}))

const defineFacet = <const Code extends string>(facet: IncidentFacet<Code>) => facet

/** Every facet. Filters, parameters, SQL conditions, stored counts, columns, controls and exports are derived from it. */
export const incidentFacets = {
  type: defineFacet({
    column: 'type',
    codes: incidentTypes,
    capacity: 64,
    labels: incidentTypeLabels,
    title: { zh: '类型', en: 'Type' },
    plural: { zh: '类型', en: 'Types' },
    header: { zh: '类型', en: 'type' },
    exportsCode: true,
    isOrdered: false,
    offersEmpty: false,
    example: 'D02,E03',
    aliases: [disputes],
    groups: [disputes, { key: 'other', label: { zh: '其他事件', en: 'Other events' }, codes: otherTypes }],
  }),
  channel: defineFacet({
    column: 'channel',
    codes: channels,
    capacity: 64,
    labels: channelLabels,
    title: { zh: '渠道', en: 'Channel' },
    plural: { zh: '渠道', en: 'Channels' },
    header: { zh: '渠道', en: 'channel' },
    exportsCode: false,
    isOrdered: false,
    offersEmpty: false,
    example: 'reported,grid_app',
    aliases: origins,
    groups: origins,
  }),
  status: defineFacet({
    column: 'status',
    codes: incidentStatuses,
    capacity: 32,
    labels: incidentStatusLabels,
    title: { zh: '状态', en: 'Status' },
    plural: { zh: '状态', en: 'Statuses' },
    header: { zh: '状态', en: 'status' },
    exportsCode: false,
    isOrdered: true,
    offersEmpty: false,
    example: '10,20',
    aliases: [],
    groups: incidentStages.map((stage) => ({
      key: stage,
      label: incidentStageLabels[stage],
      codes: incidentStatuses.filter((status) => stageOf[status] === stage),
    })),
  }),
  risk: defineFacet({
    column: 'risk',
    codes: risks,
    capacity: 8,
    labels: riskLabels,
    title: { zh: '风险', en: 'Risk' },
    plural: { zh: '风险', en: 'Risks' },
    header: { zh: '风险等级', en: 'risk' },
    exportsCode: false,
    isOrdered: true,
    offersEmpty: true,
    example: 'red,orange',
    aliases: [],
    groups: null,
  }),
}

export type FacetName = keyof typeof incidentFacets
export type FacetCode<Name extends FacetName> = (typeof incidentFacets)[Name]['codes'][number]
/** Some codes of each facet. */
export type FacetCodes = { [Name in FacetName]: FacetCode<Name>[] }

/** The keys of an object literal are exactly those of its type. */
export const facetNames = Object.keys(incidentFacets) as FacetName[]

/** The facet as one whose codes are any texts: for what treats all facets alike. */
export function facetOf(name: FacetName): IncidentFacet {
  return incidentFacets[name]
}

/** A value for each facet. The keys are those of `facetNames`, and no others. */
export function mapFacets<Value>(make: (name: FacetName, facet: IncidentFacet) => Value): Record<FacetName, Value> {
  return Object.fromEntries(facetNames.map((name) => [name, make(name, facetOf(name))])) as Record<FacetName, Value>
}

/** No codes of any facet: the filter that restricts none. */
export function noFacetCodes(): FacetCodes {
  return mapFacets(() => []) as FacetCodes
}

/** What codes are called, in as few names as the facet has for them: all disputes together have one. */
export function nameFacetCodes(name: FacetName, codes: readonly string[]): FacetGroup<string>[] {
  const { labels, aliases } = facetOf(name)
  const whole = aliases.filter((alias) => alias.codes.every((code) => codes.includes(code)))
  const rest = codes.filter((code) => !whole.some((alias) => alias.codes.includes(code)))
  return [
    ...whole,
    ...rest.map((code) => ({ key: code, label: labels[code] ?? { zh: code, en: code }, codes: [code] })),
  ]
}

/** The codes that a code or alias stands for; none for another text. */
export function expandFacetCode(name: FacetName, text: string): readonly string[] {
  const { codes, aliases } = facetOf(name)
  return aliases.find(({ key }) => key === text)?.codes ?? codes.filter((code) => code === text)
}

/** Comma-separated codes in the facet's order, once each, aliases expanded; null where none is known. */
export function parseFacetCodes<Name extends FacetName>(name: Name, text: string): FacetCode<Name>[] | null {
  const given = new Set(text.split(',').flatMap((code) => expandFacetCode(name, code)))
  const found = facetOf(name).codes.filter((code) => given.has(code)) as FacetCode<Name>[]
  return found.length > 0 ? found : null
}

/** Codes with commas between, those that an alias stands for as the alias. */
export function formatFacetCodes(name: FacetName, codes: readonly string[]): string {
  return nameFacetCodes(name, codes)
    .map(({ key }) => key)
    .join(',')
}

/** Whether a part of the text is neither a code nor an alias. */
export function hasUnknownFacetCodes(name: FacetName, text: string): boolean {
  return text.split(',').some((code) => expandFacetCode(name, code).length === 0)
}
