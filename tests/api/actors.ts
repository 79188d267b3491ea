import { actorAs } from '../../server/access/actor.ts'
import { everybodyIs } from '../../server/http/resolve-actor.ts'

/** Who everybody is in tests that are not about who asks: the lead of a centre who sees everything. */
export const everybodyLeads = everybodyIs(actorAs({ id: 'lead' }, 'centre_lead', ['all']))
