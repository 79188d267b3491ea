import { expect, test } from 'vitest'
import {
  accessObjects,
  actions,
  fieldAccess,
  guardedFields,
  type GuardedObject,
  may,
  mayReveal,
  needsSecondFactor,
  outlastsDemo,
} from './access.ts'
import { type RoleName, roleNames } from './role.ts'

/** The rights read the other way round: who may do it. Roles in the order of `roleNames`. */
const whoMay = {
  'read service':
    'grid_worker community mediator department duty_officer centre_lead supervisor analyst auditor administrator',
  'read map': 'grid_worker community mediator department duty_officer centre_lead supervisor analyst administrator',
  'search map': 'grid_worker community mediator department duty_officer centre_lead supervisor analyst',
  'read area':
    'grid_worker community mediator department duty_officer centre_lead supervisor analyst auditor administrator',
  'search area':
    'grid_worker community mediator department duty_officer centre_lead supervisor analyst auditor administrator',
  'count area': 'grid_worker community mediator duty_officer centre_lead analyst',
  'export area': 'community duty_officer centre_lead analyst',
  'export building': 'community duty_officer centre_lead analyst',
  'export facility': 'community duty_officer centre_lead analyst',
  'read contact': 'grid_worker community mediator duty_officer centre_lead',
  'read duty_contact': 'community duty_officer centre_lead wall',
  'read building': 'grid_worker community mediator department duty_officer centre_lead analyst',
  'search building': 'grid_worker community mediator department duty_officer centre_lead analyst',
  'read facility': 'grid_worker community mediator department duty_officer centre_lead analyst',
  'search facility': 'grid_worker community mediator department duty_officer centre_lead analyst',
  'read incident': 'grid_worker community mediator department duty_officer centre_lead supervisor analyst',
  'count incident': 'grid_worker community mediator department duty_officer centre_lead supervisor analyst',
  'search incident': 'grid_worker community mediator department duty_officer centre_lead supervisor analyst',
  'export incident': 'community duty_officer centre_lead supervisor analyst',
  'reveal incident': 'duty_officer centre_lead',
  'read document': 'grid_worker community mediator department duty_officer centre_lead',
  'create document': 'grid_worker community mediator department duty_officer centre_lead',
  'remove document': 'grid_worker community mediator department duty_officer centre_lead',
  'read print_template': 'grid_worker community mediator department duty_officer centre_lead supervisor analyst',
  'read clock': 'grid_worker community mediator department duty_officer centre_lead supervisor analyst administrator',
  'change clock': 'centre_lead administrator',
  'read analysis': 'community duty_officer centre_lead supervisor analyst',
  'create analysis': 'community duty_officer centre_lead supervisor analyst',
  'export analysis': 'community duty_officer centre_lead supervisor analyst',
  'read resident': 'grid_worker community centre_lead',
  'reveal resident': 'grid_worker centre_lead',
  'read wall': 'community duty_officer centre_lead analyst wall',
  'read wall_device': 'centre_lead administrator',
  'pair wall_device': 'centre_lead',
  'change incident': 'grid_worker community mediator department duty_officer centre_lead supervisor',
  'create incident': 'grid_worker community mediator department duty_officer centre_lead',
  'change wall_device': 'centre_lead administrator',
  'remove print_template': 'duty_officer centre_lead analyst',
  'remove wall_device': 'centre_lead administrator',
  'read import': 'centre_lead',
  'create import': 'centre_lead',
  'undo import': 'centre_lead',
  'read demo': 'centre_lead',
  'remove demo': 'centre_lead',
  'read session':
    'grid_worker community mediator department duty_officer centre_lead supervisor analyst auditor administrator wall',
  'switch session':
    'grid_worker community mediator department duty_officer centre_lead supervisor analyst auditor administrator',
  'remove session':
    'grid_worker community mediator department duty_officer centre_lead supervisor analyst auditor administrator',
  'read account': 'administrator',
  'create account': 'administrator',
  'change account': 'administrator',
  'remove account': 'administrator',
  'read token': 'administrator',
  'create print_template': 'duty_officer centre_lead analyst',
  'create token': 'administrator',
  'remove token': 'administrator',
  'read setting': 'administrator',
  'change setting': 'administrator',
  'read audit': 'auditor',
  'search audit': 'auditor',
  'export audit': 'auditor',
  'verify audit': 'auditor',
}

/** Who sees a field clear, who masked, and who may have it revealed. All others do not see it. */
const whoSees = {
  'contact.name': { clear: 'grid_worker community mediator duty_officer centre_lead' },
  'contact.phone': { clear: 'grid_worker community mediator duty_officer centre_lead' },
  'facility.phone': { clear: 'grid_worker community mediator department duty_officer centre_lead' },
  'incident.title': { clear: 'grid_worker community mediator department duty_officer centre_lead supervisor' },
  'incident.text': { clear: 'grid_worker community mediator department duty_officer centre_lead supervisor' },
  'incident.address': { clear: 'grid_worker community mediator department duty_officer centre_lead supervisor' },
  'incident.opinion': { clear: 'grid_worker community mediator department duty_officer centre_lead supervisor' },
  'incident.partyName': {
    clear: 'mediator',
    masked: 'grid_worker community department duty_officer centre_lead supervisor',
    revealable: 'duty_officer centre_lead',
  },
  'incident.partyPhone': {
    clear: 'mediator',
    masked: 'grid_worker community department duty_officer centre_lead supervisor',
    revealable: 'duty_officer centre_lead',
  },
  'resident.name': { masked: 'grid_worker community centre_lead', revealable: 'centre_lead' },
  'resident.idNumber': { masked: 'grid_worker community centre_lead', revealable: 'centre_lead' },
  'resident.phone': { masked: 'grid_worker community centre_lead', revealable: 'grid_worker centre_lead' },
  'resident.birthDate': { masked: 'centre_lead', revealable: 'centre_lead' },
  'resident.room': { clear: 'grid_worker community centre_lead' },
}

const those = (is: (role: RoleName) => boolean) => roleNames.filter(is).join(' ')
const fields = Object.entries(guardedFields).flatMap(([object, names]) =>
  names.map((field) => [object as GuardedObject, field] as const),
)

test('each action on each object is for these roles, and whatever is not named here for none', () => {
  const found = accessObjects.flatMap((object) =>
    actions.map((action) => [`${action} ${object}`, those((role) => may(role, action, object))] as const),
  )
  expect(Object.fromEntries(found.filter(([, roles]) => roles !== ''))).toEqual(whoMay)
})

test('each guarded field is clear, masked and revealable for these roles, and hidden from the others', () => {
  const found = fields.map(([object, field]) => {
    const ways = {
      clear: those((role) => fieldAccess(role, object, field) === 'clear'),
      masked: those((role) => fieldAccess(role, object, field) === 'masked'),
      revealable: those((role) => mayReveal(role, object, field)),
    }
    const shown = ways.clear.split(' ').concat(ways.masked.split(' '))
    expect(those((role) => fieldAccess(role, object, field) === 'hidden')).toBe(those((role) => !shown.includes(role)))
    return [`${object}.${field}`, Object.fromEntries(Object.entries(ways).filter(([, roles]) => roles !== ''))]
  })
  expect(Object.fromEntries(found)).toEqual(whoSees)
})

test('whoever sees a field may read its object, and reveals where a field is revealable', () => {
  for (const role of roleNames) {
    const seen = fields.filter(([object, field]) => fieldAccess(role, object, field) !== 'hidden')
    expect(seen.filter(([object]) => !may(role, 'read', object))).toEqual([])
    for (const object of accessObjects) {
      const revealable = fields.some(([of, field]) => of === object && mayReveal(role, of, field))
      expect(may(role, 'reveal', object)).toBe(revealable)
    }
  }
})

test('who administers or audits knows no resident and no incident, and nobody does both', () => {
  for (const role of ['administrator', 'auditor'] as const)
    for (const object of ['resident', 'incident', 'contact', 'import'] as const)
      expect(actions.filter((action) => may(role, action, object))).toEqual([])
  expect(actions.filter((action) => may('administrator', action, 'audit'))).toEqual([])
  for (const object of ['account', 'token', 'setting'] as const)
    expect(actions.filter((action) => may('auditor', action, object))).toEqual([])
})

test('whoever may reveal, manages accounts or reads records of others needs a second factor', () => {
  expect(roleNames.filter(needsSecondFactor)).toEqual([
    'grid_worker',
    'duty_officer',
    'centre_lead',
    'auditor',
    'administrator',
  ])
})

test('what would let somebody in after the demo is refused during it, and looking at it is not', () => {
  const objects = accessObjects.filter((object) => outlastsDemo({ action: 'create', object }))
  expect(objects).toEqual(['wall_device', 'account', 'token'])
  for (const action of actions)
    for (const object of objects) expect(outlastsDemo({ action, object }), action).toBe(action !== 'read')
})
