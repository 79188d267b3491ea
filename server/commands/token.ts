import { mostTokenDays, usualTokenDays } from '@minqing/data/domain/account'
import { addAccessToken, listAccessTokens, revokeAccessToken } from '../accounts/access-tokens.ts'
import { commandActor } from '../access/actor.ts'
import { roleFrom, runAction } from './account-arguments.ts'
import { defineCommand, UsageError } from './command.ts'

const usage = 'minqing token add | list | revoke'
const day = 86_400_000

export const tokenCommand = defineCommand({
  name: 'token',
  summary: { zh: '管理程序的访问令牌（QGIS、GDAL、Excel 等）', en: 'Manage access tokens of programs' },
  help: `用法 · Usage
  minqing token add <名称 name> --role <角色> --area <编码|all> [--area …] [--days <天数>]
  minqing token list
  minqing token revoke <编号 id>

  add     新建令牌，只显示这一次。用法：Authorization: Bearer <令牌>，或作为 HTTP Basic 的密码（用户名任意）
          make a token, which is printed this once: for Authorization: Bearer, or as the password of HTTP Basic, with any name
  --days  有效天数，默认 ${usualTokenDays}，最多 ${mostTokenDays} · days that it is good for
  revoke  立即失效 · ends it at once

例 · Example
  minqing token add QGIS --role analyst --area 420102012`,
  options: {
    role: { type: 'string' },
    area: { type: 'string', multiple: true },
    days: { type: 'string' },
  },
  run: async (context, { values, positionals }) => {
    const [asked, subject = '', ...rest] = positionals
    if (rest.length > 0) throw new UsageError(`多余的参数 “${rest[0]}” · unexpected argument`)
    if (asked !== 'list' && subject === '') throw new UsageError(usage)
    const { now, out } = context
    const actions = new Map([
      [
        'add',
        async () => {
          const role = roleFrom(values.role)
          const expiresAt = new Date(now().getTime() + daysFrom(values.days) * day)
          const given = { name: subject, role, areas: values.area ?? [], expiresAt }
          const { id, token } = await addAccessToken(await context.database(), commandActor(), given, now())
          out(`编号 · id: ${id}`)
          out(`有效期至 · good until: ${expiresAt.toISOString()}`)
          out(`令牌（只显示这一次）· Token, shown this once: ${token}`)
        },
      ],
      [
        'list',
        async () => {
          for (const token of await listAccessTokens(await context.database())) {
            const { id, name, role, areas, expiresAt, revokedAt } = token
            const ended = revokedAt !== null ? '已吊销 revoked' : `至 until ${expiresAt}`
            out([id, name, `${role}@${areas.join(',')}`, ended].join('  '))
          }
        },
      ],
      [
        'revoke',
        async () => {
          await revokeAccessToken(await context.database(), commandActor(), subject, now())
          out(`令牌已吊销 · The token is revoked: ${subject}`)
        },
      ],
    ])
    return runAction(context, actions, asked, usage)
  },
})

function daysFrom(text: string | undefined): number {
  const days = text === undefined ? usualTokenDays : Number(text)
  if (!Number.isInteger(days) || days < 1 || days > mostTokenDays)
    throw new UsageError(`--days ${text}：应为 1 至 ${mostTokenDays} · should be 1 to ${mostTokenDays}`)
  return days
}
