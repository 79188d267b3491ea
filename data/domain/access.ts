import type { RoleName } from './role.ts'

/** What somebody may do to something. */
export const actions = [
  'read',
  'count',
  'search',
  'export',
  'create',
  'change',
  'remove',
  'undo',
  'reveal',
  'pair',
  'switch',
  'verify',
] as const
export type Action = (typeof actions)[number]

/** To what; `access-labels.ts` says what belongs to each. */
export const accessObjects = [
  'service',
  'map',
  'area',
  'contact',
  'duty_contact',
  'building',
  'facility',
  'incident',
  'document',
  'print_template',
  'clock',
  'analysis',
  'resident',
  'wall',
  'wall_device',
  'import',
  'demo',
  'session',
  'account',
  'token',
  'setting',
  'audit',
] as const
export type AccessObject = (typeof accessObjects)[number]

export type Access = { action: Action; object: AccessObject }

/** Fields with personal data or free text. Whoever may read an object sees its other fields. */
export const guardedFields = {
  contact: ['name', 'phone'],
  facility: ['phone'],
  incident: ['title', 'text', 'address', 'opinion', 'partyName', 'partyPhone'],
  resident: ['name', 'idNumber', 'phone', 'birthDate', 'room'],
} as const satisfies Partial<Record<AccessObject, readonly string[]>>
export type GuardedObject = keyof typeof guardedFields
export type GuardedField<O extends GuardedObject = GuardedObject> = (typeof guardedFields)[O][number]

export type FieldAccess = 'clear' | 'masked' | 'hidden'

type Rights = {
  /** What is not named is refused. */
  readonly may: { readonly [O in AccessObject]?: readonly Action[] }
  /**
   * The guarded fields of what may be read; what is not named is hidden. `revealable`: masked until it is revealed, which
   * takes a reason and is recorded.
   */
  readonly sees: {
    readonly [O in GuardedObject]?: { readonly [F in GuardedField<O>]?: 'clear' | 'masked' | 'revealable' }
  }
}

const ownSession = ['read', 'switch', 'remove'] as const
const nameAndPhone = { name: 'clear', phone: 'clear' } as const
const caseText = { title: 'clear', text: 'clear', address: 'clear', opinion: 'clear' } as const

/**
 * What each role may do, in the areas of its grants. The rows that exist for an actor (the own grid, the own cases) are
 * chosen by the database, not here.
 */
export const policy: Readonly<Record<RoleName, Rights>> = {
  grid_worker: {
    may: {
      service: ['read'],
      map: ['read', 'search'],
      area: ['read', 'count', 'search'],
      contact: ['read'],
      building: ['read', 'search'],
      facility: ['read', 'search'],
      incident: ['read', 'count', 'search', 'create', 'change'],
      document: ['read', 'create', 'remove'],
      resident: ['read', 'reveal'],
      print_template: ['read'],
      clock: ['read'],
      session: ownSession,
    },
    sees: {
      contact: nameAndPhone,
      facility: { phone: 'clear' },
      incident: { ...caseText, partyName: 'masked', partyPhone: 'masked' },
      resident: { name: 'masked', idNumber: 'masked', phone: 'revealable', room: 'clear' },
    },
  },
  community: {
    may: {
      service: ['read'],
      map: ['read', 'search'],
      area: ['read', 'count', 'search', 'export'],
      contact: ['read'],
      duty_contact: ['read'],
      building: ['read', 'search', 'export'],
      facility: ['read', 'search', 'export'],
      incident: ['read', 'count', 'search', 'export', 'create', 'change'],
      document: ['read', 'create', 'remove'],
      analysis: ['read', 'create', 'export'],
      resident: ['read'],
      wall: ['read'],
      print_template: ['read'],
      clock: ['read'],
      session: ownSession,
    },
    sees: {
      contact: nameAndPhone,
      facility: { phone: 'clear' },
      incident: { ...caseText, partyName: 'masked', partyPhone: 'masked' },
      resident: { name: 'masked', idNumber: 'masked', phone: 'masked', room: 'clear' },
    },
  },
  mediator: {
    may: {
      service: ['read'],
      map: ['read', 'search'],
      area: ['read', 'count', 'search'],
      contact: ['read'],
      building: ['read', 'search'],
      facility: ['read', 'search'],
      incident: ['read', 'count', 'search', 'create', 'change'],
      document: ['read', 'create', 'remove'],
      print_template: ['read'],
      clock: ['read'],
      session: ownSession,
    },
    sees: {
      contact: nameAndPhone,
      facility: { phone: 'clear' },
      incident: { ...caseText, partyName: 'clear', partyPhone: 'clear' },
    },
  },
  department: {
    may: {
      service: ['read'],
      map: ['read', 'search'],
      area: ['read', 'search'],
      building: ['read', 'search'],
      facility: ['read', 'search'],
      incident: ['read', 'count', 'search', 'create', 'change'],
      document: ['read', 'create', 'remove'],
      print_template: ['read'],
      clock: ['read'],
      session: ownSession,
    },
    sees: {
      facility: { phone: 'clear' },
      incident: { ...caseText, partyName: 'masked', partyPhone: 'masked' },
    },
  },
  duty_officer: {
    may: {
      service: ['read'],
      map: ['read', 'search'],
      area: ['read', 'count', 'search', 'export'],
      contact: ['read'],
      duty_contact: ['read'],
      building: ['read', 'search', 'export'],
      facility: ['read', 'search', 'export'],
      incident: ['read', 'count', 'search', 'export', 'reveal', 'create', 'change'],
      document: ['read', 'create', 'remove'],
      analysis: ['read', 'create', 'export'],
      wall: ['read'],
      print_template: ['read', 'create', 'remove'],
      clock: ['read'],
      session: ownSession,
    },
    sees: {
      contact: nameAndPhone,
      facility: { phone: 'clear' },
      incident: { ...caseText, partyName: 'revealable', partyPhone: 'revealable' },
    },
  },
  centre_lead: {
    may: {
      service: ['read'],
      map: ['read', 'search'],
      area: ['read', 'count', 'search', 'export'],
      contact: ['read'],
      duty_contact: ['read'],
      building: ['read', 'search', 'export'],
      facility: ['read', 'search', 'export'],
      incident: ['read', 'count', 'search', 'export', 'reveal', 'create', 'change'],
      document: ['read', 'create', 'remove'],
      analysis: ['read', 'create', 'export'],
      resident: ['read', 'reveal'],
      wall: ['read'],
      wall_device: ['read', 'pair', 'change', 'remove'],
      import: ['read', 'create', 'undo'],
      demo: ['read', 'remove'],
      print_template: ['read', 'create', 'remove'],
      clock: ['read', 'change'],
      session: ownSession,
    },
    sees: {
      contact: nameAndPhone,
      facility: { phone: 'clear' },
      incident: { ...caseText, partyName: 'revealable', partyPhone: 'revealable' },
      resident: {
        name: 'revealable',
        idNumber: 'revealable',
        phone: 'revealable',
        birthDate: 'revealable',
        room: 'clear',
      },
    },
  },
  supervisor: {
    may: {
      service: ['read'],
      map: ['read', 'search'],
      area: ['read', 'search'],
      incident: ['read', 'count', 'search', 'export', 'change'],
      print_template: ['read'],
      clock: ['read'],
      analysis: ['read', 'create', 'export'],
      session: ownSession,
    },
    sees: {
      incident: { ...caseText, partyName: 'masked', partyPhone: 'masked' },
    },
  },
  analyst: {
    may: {
      service: ['read'],
      map: ['read', 'search'],
      area: ['read', 'count', 'search', 'export'],
      building: ['read', 'search', 'export'],
      facility: ['read', 'search', 'export'],
      incident: ['read', 'count', 'search', 'export'],
      analysis: ['read', 'create', 'export'],
      wall: ['read'],
      print_template: ['read', 'create', 'remove'],
      clock: ['read'],
      session: ownSession,
    },
    sees: {},
  },
  auditor: {
    may: {
      service: ['read'],
      area: ['read', 'search'],
      session: ownSession,
      audit: ['read', 'search', 'export', 'verify'],
    },
    sees: {},
  },
  administrator: {
    may: {
      service: ['read'],
      map: ['read'],
      area: ['read', 'search'],
      wall_device: ['read', 'change', 'remove'],
      session: ownSession,
      account: ['read', 'create', 'change', 'remove'],
      token: ['read', 'create', 'remove'],
      setting: ['read', 'change'],
      clock: ['read', 'change'],
    },
    sees: {},
  },
  wall: {
    may: {
      duty_contact: ['read'],
      wall: ['read'],
      session: ['read'],
    },
    sees: {},
  },
}

/** Whether a role may do it at all. */
export function may(role: RoleName, action: Action, object: AccessObject): boolean {
  return policy[role].may[object]?.includes(action) ?? false
}

/**
 * Whether it would last longer than the demo, which has no accounts: what lets somebody in later is for nobody to leave
 * there, in whatever role.
 */
export function outlastsDemo({ action, object }: Access): boolean {
  return action !== 'read' && (object === 'account' || object === 'token' || object === 'wall_device')
}

/** How a role sees a guarded field before anything is revealed. */
export function fieldAccess<O extends GuardedObject>(role: RoleName, object: O, field: GuardedField<O>): FieldAccess {
  const right = policy[role].sees[object]?.[field]
  return right === 'revealable' ? 'masked' : (right ?? 'hidden')
}

/** Whether a role may have a masked field revealed, with a reason. */
export function mayReveal<O extends GuardedObject>(role: RoleName, object: O, field: GuardedField<O>): boolean {
  return policy[role].sees[object]?.[field] === 'revealable'
}

/**
 * Whether a role needs a second factor: whoever may reveal personal data, manages accounts, or reads the records of what
 * others did (GB/T 22239 level 3).
 */
export function needsSecondFactor(role: RoleName): boolean {
  const reveals = accessObjects.some((object) => may(role, 'reveal', object))
  return reveals || may(role, 'change', 'account') || may(role, 'read', 'audit')
}
