import { z } from 'zod'
import { IncidentStatus } from '../incident-status.ts'
import { IncidentType } from '../incident-type.ts'
import { Instant } from '../instant.ts'
import type { Label } from '../label.ts'
import { Risk, Urgency } from '../risk.ts'
import { outcomes } from './outcome.ts'
import { petitionForms, petitionLevels, seriousEventKinds } from './serious-event.ts'

/** 1 community, 2 sub-district, 3 professional body: who mediates (domain: mediationLevel). */
export const mediationLevels = ['1', '2', '3'] as const
export const mediationLevelLabels: Record<(typeof mediationLevels)[number], Label> = {
  '1': { zh: '社区', en: 'Community' },
  '2': { zh: '街道', en: 'Sub-district' },
  '3': { zh: '专业组织', en: 'Professional body' },
}

const Outcome = z.enum(outcomes)

export const mediationTypes = ['people', 'admin', 'judicial', 'industry', 'joint'] as const
/** 人民调解 to 信访: by which lawful way a case is dealt with. */
export const procedures = [
  'people_mediation',
  'administrative_mediation',
  'arbitration',
  'litigation',
  'reconsideration',
  'petition',
] as const
export const Procedure = z.enum(procedures)
export type Procedure = z.output<typeof Procedure>

export const satisfactions = ['satisfied', 'fair', 'dissatisfied', 'unreached'] as const
export const requests = ['return', 'suspend', 'extend', 'reopen'] as const
export type Request = (typeof requests)[number]

const text = z.string().trim().min(1).max(500)
/** Of units, posts and documents; of no private person. */
const name = z.string().trim().min(1).max(100)
const account = z.string().min(1).max(64)
const reason = { reason: text }
/** Name of a party within its incident: letters and digits, nothing personal. */
const PartyId = z.string().regex(/^[a-z0-9-]{1,40}$/)
const parties = z.array(PartyId).min(1).max(500)
const number = z.string().min(1).max(64)

/**
 * What each action records besides actor, time and opinion. None of it may be personal: names and phone numbers of
 * parties are rows of their own. What is not optional has to be given.
 */
export const stepContents = {
  draft: z.strictObject({}),
  report: z.strictObject({
    type: IncidentType.optional(),
    urgency: Urgency.optional(),
    involvedCount: z.int().min(0).max(1_000_000).optional(),
    /** The number that another system has given it. */
    externalNumber: name.optional(),
    /** Whether the reporter agrees to mediation. */
    isWilling: z.boolean().optional(),
  }),
  submit: z.strictObject({}),
  /** From a file that says no more than how far the case has come, and until when it has to be resolved. */
  import: z.strictObject({ status: IncidentStatus, dueAt: Instant.optional() }),
  accept: z.strictObject({ notice: name.optional() }),
  reject: z.strictObject({ ...reason, notice: name }),
  resubmit: z.strictObject({}),
  close_directly: z.strictObject({ outcome: Outcome }),
  classify: z.strictObject({
    type: IncidentType,
    risk: Risk,
    urgency: Urgency,
    involvedCount: z.int().min(0).max(1_000_000).optional(),
    dueAt: Instant.optional(),
  }),
  dispatch: z.strictObject({ unit: name, handlers: z.array(account).max(20).optional() }),
  sign: z.strictObject({}),
  return: z.strictObject(reason),
  refile: z.strictObject(reason),
  record: z.strictObject({}),
  mediate: z.strictObject({ mediation: z.enum(mediationTypes), mediators: z.int().min(1).max(50).optional() }),
  escalate: z.strictObject({ ...reason, unit: name, handlers: z.array(account).max(20).optional() }),
  join: z.strictObject({ leadUnit: name, units: z.array(name).min(1).max(20), handlers: z.array(account).optional() }),
  /** A meeting of units (会商): what each has to do, and by when. What was said is the opinion. */
  consult: z.strictObject({
    units: z.array(name).min(1).max(30),
    decisions: z.array(z.strictObject({ decision: PartyId, unit: name, dueAt: Instant })).max(20),
  }),
  carry_out: z.strictObject({ decision: PartyId }),
  ask_reporter: z.strictObject({ ...reason }),
  reporter_answers: z.strictObject({}),
  close_unanswered: z.strictObject({ notice: name }),
  forward: z.strictObject({ unit: name, receipt: name, expectedAt: Instant }),
  outside_replies: z.strictObject({}),
  outside_finishes: z.strictObject({}),
  suspend: z.strictObject({ ...reason, until: Instant }),
  resume: z.strictObject({}),
  extend: z.strictObject({ ...reason, dueAt: Instant }),
  request: z.strictObject({ ...reason, request: z.enum(requests), until: Instant.optional() }),
  decline: z.strictObject(reason),
  finish: z.strictObject({ outcome: Outcome.optional() }),
  rework: z.strictObject(reason),
  close: z.strictObject({ outcome: Outcome.optional() }),
  begin_follow_up: z.strictObject({}),
  visit: z.strictObject({ satisfaction: z.enum(satisfactions) }),
  relapse: z.strictObject(reason),
  reopen: z.strictObject({ ...reason, dueAt: Instant.optional() }),
  archive: z.strictObject({}),
  void: z.strictObject(reason),
  merge: z.strictObject({ ...reason, into: number }),
  unmerge: z.strictObject(reason),
  /** Of the case that another is merged into: its clock runs from the earlier of both reports. */
  absorb: z.strictObject({
    number,
    reportedAt: Instant,
    parties: z.array(z.strictObject({ id: PartyId, side: z.enum(['applicant', 'respondent', 'third']) })),
  }),
  release: z.strictObject({ number }),
  add_party: z.strictObject({
    party: PartyId,
    side: z.enum(['applicant', 'respondent', 'third']),
    partyKind: z.enum(['person', 'organisation']),
  }),
  remove_party: z.strictObject({ ...reason, party: PartyId }),
  agree: z.strictObject({
    agreement: PartyId,
    form: z.enum(['written', 'oral']),
    parties,
    /** When what was agreed has to be done, by party. */
    duties: z.array(z.strictObject({ duty: PartyId, party: PartyId, dueAt: Instant })).max(500),
  }),
  perform: z.strictObject({ agreement: PartyId, duty: PartyId }),
  breach: z.strictObject({ agreement: PartyId, duty: PartyId }),
  plan: z.strictObject({}),
  assign_lead: z.strictObject({ post: name, isBacklog: z.boolean().optional() }),
  choose_procedure: z.strictObject({ procedure: Procedure, authority: name.optional() }),
  repeat_visit: z.strictObject({}),
  supervise: z.strictObject({
    ...reason,
    form: z.enum(['urge', 'supervise']),
    card: z.enum(['yellow', 'red']).optional(),
  }),
  /** Which of the other fields belong to the kind is `seriousEventFault`. */
  record_serious_event: z.strictObject({
    kind: z.enum(seriousEventKinds),
    /** In one form, whatever offset it was given with: figures read it in SQL. */
    happenedAt: Instant.transform((instant) => new Date(instant).toISOString()),
    people: z.int().min(2).max(1_000_000).optional(),
    level: z.enum(petitionLevels).optional(),
    petitionForm: z.enum(petitionForms).optional(),
  }),
  /** By the step that recorded it, which stays in the log. */
  withdraw_serious_event: z.strictObject({ ...reason, step: z.int().min(1) }),
  rate: z.strictObject({ rating: z.enum(['satisfied', 'fair', 'dissatisfied']) }),
} as const satisfies Record<string, z.ZodObject>

export type StepAction = keyof typeof stepContents
/** The keys of an object literal are exactly those of its type. */
export const stepActions = /* @__PURE__ */ Object.keys(stepContents) as StepAction[]
export const StepAction = z.enum(stepActions as [StepAction, ...StepAction[]])

/** Of an action without fields: nothing, rather than an object that may have no property, `action` included. */
type Recorded<A extends StepAction> = keyof (typeof stepContents)[A]['shape'] extends never
  ? unknown
  : z.output<(typeof stepContents)[A]>

/** An action with what it records. */
export type StepContent = { [A in StepAction]: { action: A } & Recorded<A> }[StepAction]

/** The fields that an action cannot do without. */
export function requiredFields(action: StepAction): string[] {
  const shape: Readonly<Record<string, z.ZodType>> = stepContents[action].shape
  return Object.entries(shape).flatMap(([field, schema]) => (schema.safeParse(undefined).success ? [] : [field]))
}

export const stepActionLabels: Record<StepAction, Label> = {
  draft: { zh: '存为草稿', en: 'Save as draft' },
  report: { zh: '上报', en: 'Report' },
  submit: { zh: '提交', en: 'Submit' },
  import: { zh: '导入', en: 'Import' },
  accept: { zh: '受理', en: 'Accept' },
  reject: { zh: '不予受理', en: 'Reject' },
  resubmit: { zh: '重新提交', en: 'Submit again' },
  close_directly: { zh: '采集并结案', en: 'Close directly' },
  classify: { zh: '立案研判', en: 'Classify' },
  dispatch: { zh: '交办', en: 'Dispatch' },
  sign: { zh: '签收', en: 'Sign' },
  return: { zh: '退回', en: 'Return' },
  refile: { zh: '重新研判', en: 'Classify again' },
  record: { zh: '记录办理情况', en: 'Record progress' },
  mediate: { zh: '调解', en: 'Mediate' },
  escalate: { zh: '提级调处', en: 'Escalate' },
  join: { zh: '联合处置', en: 'Handle jointly' },
  consult: { zh: '会商', en: 'Consult' },
  carry_out: { zh: '落实会商决定', en: 'Carry out a decision' },
  ask_reporter: { zh: '待当事人补充', en: 'Await the reporter' },
  reporter_answers: { zh: '当事人已补充', en: 'Reporter has answered' },
  close_unanswered: { zh: '逾期未补充结案', en: 'Close without an answer' },
  forward: { zh: '转外单位', en: 'Forward outside' },
  outside_replies: { zh: '外单位已回复', en: 'Outside body has replied' },
  outside_finishes: { zh: '外单位已办结', en: 'Outside body has finished' },
  suspend: { zh: '挂账缓办', en: 'Suspend' },
  resume: { zh: '恢复办理', en: 'Resume' },
  extend: { zh: '延期', en: 'Extend' },
  request: { zh: '申请审批', en: 'Ask for approval' },
  decline: { zh: '不同意申请', en: 'Decline the request' },
  finish: { zh: '提请核查', en: 'Submit for verification' },
  rework: { zh: '返工', en: 'Send back for rework' },
  close: { zh: '核查结案', en: 'Verify and close' },
  begin_follow_up: { zh: '开始回访', en: 'Begin follow-up' },
  visit: { zh: '回访', en: 'Follow-up visit' },
  relapse: { zh: '反弹重办', en: 'Relapse' },
  reopen: { zh: '重新办理', en: 'Reopen' },
  archive: { zh: '归档销号', en: 'Archive' },
  void: { zh: '作废', en: 'Void' },
  merge: { zh: '并入其他事件', en: 'Merge into another' },
  unmerge: { zh: '撤销合并', en: 'Undo the merge' },
  absorb: { zh: '并入重复件', en: 'Take in a duplicate' },
  release: { zh: '分出重复件', en: 'Release a duplicate' },
  add_party: { zh: '增加当事人', en: 'Add a party' },
  remove_party: { zh: '移除当事人', en: 'Remove a party' },
  agree: { zh: '签订协议', en: 'Record an agreement' },
  perform: { zh: '已履行', en: 'Duty performed' },
  breach: { zh: '未履行', en: 'Duty breached' },
  plan: { zh: '制定一案一策', en: 'Set the plan' },
  assign_lead: { zh: '领导包案', en: 'Assign a lead' },
  choose_procedure: { zh: '选定法定途径', en: 'Choose the procedure' },
  repeat_visit: { zh: '重复来访', en: 'Repeat visit' },
  supervise: { zh: '催办督办', en: 'Supervise' },
  record_serious_event: { zh: '登记安全底线情况', en: 'Record a serious event' },
  withdraw_serious_event: { zh: '撤回安全底线登记', en: 'Withdraw a serious event' },
  rate: { zh: '评价', en: 'Rate' },
}
