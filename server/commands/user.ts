import { ProblemError } from '@minqing/data/domain/problem'
import { describeFirstLink, makeFirstLink } from '../accounts/first-account.ts'
import { type ListedAccount, listAccounts } from '../accounts/list-accounts.ts'
import {
  addAccount,
  addGrant,
  disableAccount,
  type NewPassword,
  removeGrant,
  resetAccount,
} from '../accounts/manage-accounts.ts'
import { commandActor } from '../access/actor.ts'
import { makePassword, PasswordHashes } from '../accounts/password-hash.ts'
import { addressIn, roleFrom, roleList, runAction } from './account-arguments.ts'
import { type CommandContext, defineCommand, UsageError } from './command.ts'

const usage = 'minqing user add | list | grant | revoke | reset | disable | first-link'

export const userCommand = defineCommand({
  name: 'user',
  summary: { zh: '管理登录账号', en: 'Manage accounts of people' },
  help: `用法 · Usage
  minqing user add <账号 account> --name <姓名> --role <角色> --area <编码|all> [--area …] [--made]
  minqing user list
  minqing user grant <账号> --role <角色> --area <编码|all> [--area …]
  minqing user revoke <账号> --role <角色> [--area <编码|all> …]
  minqing user reset <账号> [--made] [--second-factor]
  minqing user disable <账号>
  minqing user first-link

  add      新建账号。密码在终端上输入，或从标准输入读取第一行；--made 生成一个并只显示这一次，首次登录时须更换
           make an account; the password is asked for on the terminal or read from the first line of the standard input,
           --made makes one, which is printed this once and has to be replaced at the first sign-in
  grant    再授予一个角色 · give another role     revoke  收回角色，立即生效 · take a role away, at once
  reset    换新密码，解除锁定与停用，结束其全部会话；--second-factor 同时解除身份验证器的绑定
           a new password; ends a lock, a disabling and all sessions; with --second-factor the authenticator app as well
  disable  停用账号，立即结束其全部会话 · disable an account and end its sessions at once
  first-link  显示用于建立第一个账号的一次性链接 · show a one-time link to make the first account with

  角色 · roles: ${roleList}
  区域 · areas: 行政区划、街道、社区或网格编码，all 为全部 · codes of divisions, sub-districts, communities, grids; all for everything

例 · Example
  minqing user add liming --name 李明 --role centre_lead --area 420102012 --made`,
  options: {
    name: { type: 'string' },
    role: { type: 'string' },
    area: { type: 'string', multiple: true },
    made: { type: 'boolean' },
    'second-factor': { type: 'boolean' },
  },
  run: async (context, { values, positionals }) => {
    const [asked, login = '', ...rest] = positionals
    if (rest.length > 0) throw new UsageError(`多余的参数 “${rest[0]}” · unexpected argument`)
    if (asked !== 'list' && asked !== 'first-link' && login === '') throw new UsageError(usage)
    const { now, out } = context
    const areas = values.area ?? []
    const hashes = new PasswordHashes()
    const actor = commandActor()
    const actions = new Map([
      [
        'add',
        async () => {
          const grant = { role: roleFrom(values.role), areas }
          const { name } = values
          if (name === undefined || name === '') throw new UsageError('--name <姓名> · the name is missing')
          const database = await context.database()
          const chosen = await choosePassword(context, login, values.made === true)
          await addAccount(database, actor, hashes, { login, name, grants: [grant], ...chosen }, now())
          out(`已新建账号 · The account is made: ${login}`)
          showMade(context, chosen)
        },
      ],
      ['list', async () => (await listAccounts(await context.database(), now())).map(describe).forEach(out)],
      [
        'grant',
        async () => {
          await addGrant(await context.database(), actor, login, { role: roleFrom(values.role), areas })
          out(`已授予 · Granted: ${login} ${values.role}`)
        },
      ],
      [
        'revoke',
        async () => {
          await removeGrant(await context.database(), actor, login, { role: roleFrom(values.role), areas })
          out(`已收回 · Revoked: ${login} ${values.role}`)
        },
      ],
      [
        'reset',
        async () => {
          const database = await context.database()
          const chosen = await choosePassword(context, login, values.made === true)
          const secondFactor = values['second-factor'] === true
          const { isMade } = chosen
          const how = { makeFor: () => chosen.password, isMade, secondFactor }
          await resetAccount(database, actor, hashes, { login }, how, now())
          out(`密码已重置，会话已结束 · The password is reset and the sessions have ended: ${login}`)
          showMade(context, chosen)
        },
      ],
      [
        'disable',
        async () => {
          await disableAccount(await context.database(), actor, { login }, now())
          out(`账号已停用 · The account is disabled: ${login}`)
        },
      ],
      ['first-link', async () => showFirstLink(context)],
    ])
    return runAction(context, actions, asked, usage)
  },
})

async function showFirstLink(context: CommandContext): Promise<void> {
  const link = await makeFirstLink(await context.database(), new Date())
  if (link === undefined)
    throw new ProblemError(
      'conflict',
      { zh: '已经建立过账号', en: 'An account has been made already' },
      {
        remedy: {
          zh: '用 minqing user add 新建账号，用 minqing user reset 重置密码',
          en: 'minqing user add makes an account, minqing user reset gives one a new password',
        },
      },
    )
  for (const line of describeFirstLink(addressIn(context.config), link)) context.out(line)
}

function describe({ login, name, grants, enrolled, mustChange, disabledAt }: ListedAccount): string {
  const granted = grants.flatMap(({ role, areas }) => areas.map((area) => `${role}@${area}`))
  const marks = [
    ...(enrolled ? ['已绑定验证器 second factor'] : []),
    ...(mustChange ? ['初始密码 initial password'] : []),
    ...(disabledAt === null ? [] : ['已停用 disabled']),
  ]
  return [login, name, granted.join(' '), ...marks].join('  ')
}

async function choosePassword({ secret }: CommandContext, login: string, isMade: boolean): Promise<NewPassword> {
  if (isMade) return { password: makePassword(login), isMade }
  const password = await secret('密码 · Password:')
  if (password === undefined || password === '')
    throw new UsageError('没有输入密码；--made 可生成一个 · No password was given; --made makes one')
  return { password, isMade }
}

function showMade({ out }: CommandContext, { password, isMade }: NewPassword): void {
  if (isMade) out(`初始密码（只显示这一次）· Initial password, shown this once: ${password}`)
}
