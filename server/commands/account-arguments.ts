import { ProblemError } from '@minqing/data/domain/problem'
import { roleLabels, type RoleName, roleNames } from '@minqing/data/domain/role'
import { isIPv6 } from 'node:net'
import type { Config } from '../config.ts'
import { type CommandContext, type ExitCode, UsageError } from './command.ts'

export const roleList = roleNames.map((role) => `${role}（${roleLabels[role].zh}）`).join('、')

export function roleFrom(text: string | undefined): RoleName {
  const role = roleNames.find((name) => name === text)
  if (role === undefined)
    throw new UsageError(`--role ${text ?? ''}：应为 ${roleList} 之一 · should be one of ${roleNames.join(', ')}`)
  return role
}

/** Runs an action of a command with subcommands; what it refuses is shown, and ends with 1. */
export async function runAction(
  { report }: CommandContext,
  actions: ReadonlyMap<string | undefined, () => Promise<void>>,
  asked: string | undefined,
  usage: string,
): Promise<ExitCode> {
  const action = actions.get(asked)
  if (action === undefined) throw new UsageError(usage)
  try {
    await action()
    return 0
  } catch (error) {
    if (!(error instanceof ProblemError)) throw error
    const { detail, remedy } = error
    report(`${detail.zh} · ${detail.en}`)
    if (remedy !== undefined) report(`${remedy.zh} · ${remedy.en}`)
    return 1
  }
}

/** Where the server is that has the same settings as the command, as it writes it itself. */
export function addressIn({ host, port, tls }: Config): string {
  const everywhere = host === '0.0.0.0' || host === '::'
  const name = everywhere ? 'localhost' : isIPv6(host) ? `[${host}]` : host
  return `${tls === undefined ? 'http' : 'https'}://${name}:${port}`
}
