import { roleNames } from '@minqing/data/domain/role'
import type { Session } from '@minqing/data/domain/session'
import type { Actor } from '../access/actor.ts'
import { actorAs } from '../access/actor.ts'
import type { ReadSource } from '../store/scope.ts'
import { nameAreas } from './granted-areas.ts'
import { type OpenSession, pendingStep } from './sessions.ts'

/** A session as its owner sees it, its areas with their names. */
export async function describeSession(readFrom: ReadSource, session: OpenSession): Promise<Session> {
  const { id, login, name, role, roles, enrolled, expiresAt } = session
  const pending = pendingStep(session) ?? null
  // A password alone says nothing of what its account may do where that needs a code as well.
  const isProven = pending !== 'second_factor'
  const { areas } = actorAs({}, role, isProven ? session.areas : []).scope
  return {
    id,
    login,
    name,
    role,
    areas: await nameAreas(readFrom, areas),
    roles: isProven ? [...roles] : [role],
    pending,
    enrolled,
    expiresAt,
    isDemo: false,
  }
}

/** Who everybody is where the server runs without sign-in. */
export function describeActor({ name, role, scope: { areas } }: Actor): Session {
  return { ...withoutAccount, name, role, areas: areas.map((code) => ({ code, name: null })), roles: [role] }
}

/** The demo's user, who may act as any role. */
export async function describeDemo(readFrom: ReadSource, { name, role, scope }: Actor): Promise<Session> {
  const areas = await nameAreas(readFrom, scope.areas)
  return { ...withoutAccount, name, role, areas, roles: [...roleNames], isDemo: true }
}

const withoutAccount = { id: null, login: '', pending: null, enrolled: false, expiresAt: null, isDemo: false }
