import { randomUUID } from 'node:crypto'
import { userInfo } from 'node:os'
import type { RoleName } from '@minqing/data/domain/role'
import type { DatabaseRole, Scope } from '../store/scope.ts'

/** Who asks or writes. Resolved once for each request, before anything is answered. */
export type Actor = {
  /** `command`: `minqing …` on the server's machine; `system`: the server itself. */
  kind: 'person' | 'program' | 'wall' | 'command' | 'system'
  /** Of the account, token or device; the account of the machine for a command. */
  id: string
  /** As a record names it. */
  name: string
  /** As what the actor acts: one role at a time. */
  role: RoleName
  /** Which rows and columns exist for the actor. */
  scope: Scope
  /** The user of the demo, who is whoever is at the server's machine. */
  isDemo?: true
  /** From where, if that is known. */
  address?: string | undefined
}

/** The role of the database that each role reads as: its grants by column say what the role may know. */
export const databaseRoles: Record<RoleName, DatabaseRole> = {
  grid_worker: 'reader',
  community: 'reader',
  mediator: 'reader',
  department: 'department',
  duty_officer: 'reader',
  centre_lead: 'reader',
  supervisor: 'procedure',
  analyst: 'analyst',
  auditor: 'office',
  administrator: 'office',
  wall: 'wall',
}

/** @param areas code prefixes, or `all`; those below another are left out. */
export function actorAs(
  { kind = 'person', id = randomUUID(), name = '' }: Partial<Pick<Actor, 'kind' | 'id' | 'name'>>,
  role: RoleName,
  areas: readonly string[],
): Actor {
  return { kind, id, name, role, scope: { role: databaseRoles[role], areas: outermost(areas) } }
}

/** Prefixes of which none lies below another, in order, so that equal rights have equal cache keys. */
function outermost(areas: readonly string[]): string[] {
  if (areas.includes('all')) return ['all']
  const sorted = [...new Set(areas)].toSorted()
  return sorted.filter((area) => !sorted.some((other) => other !== area && area.startsWith(other)))
}

/** Whoever runs a command on the server's machine, by the account of the machine. */
export function commandActor(): Actor {
  const { username } = userInfo()
  return actorAs({ kind: 'command', id: username, name: username }, 'administrator', ['all'])
}

/** The server itself: the demo of the first start. */
export const systemActor = actorAs({ kind: 'system', id: 'system', name: 'system' }, 'administrator', ['all'])
