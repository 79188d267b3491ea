import {
  type Access,
  accessObjects,
  actions,
  fieldAccess,
  guardedFields,
  may,
  mayReveal,
} from '@minqing/data/domain/access'
import type { GuardedObject } from '@minqing/data/domain/access'
import { actionLabels, fieldAccessLabels, guardedFieldLabels, objectLabels } from '@minqing/data/domain/access-labels'
import type { Label } from '@minqing/data/domain/label'
import { type RoleName, roleLabels, roleNames } from '@minqing/data/domain/role'
import { afterAll, expect, test } from 'vitest'
import { createApp } from '../../server/app.ts'
import { type DeclaredAccess, declaredRoutes } from '../../server/http/route-access.ts'
import { connect } from '../../server/store/connect.ts'
import { everybodyLeads } from '../api/actors.ts'

// Never connected: nothing is asked of it.
const database = connect({ url: 'postgres://127.0.0.1:1/none' })
const app = createApp({ actors: everybodyLeads, database, now: () => new Date(0), version: 'test' })
afterAll(() => database.end())

const both = ({ zh, en }: Label) => `${zh} · ${en}`
/** A list in both languages. */
const listed = (labels: readonly Label[]) =>
  labels.length === 0
    ? ''
    : both({ zh: labels.map(({ zh }) => zh).join('、'), en: labels.map(({ en }) => en).join(', ') })
const table = (head: readonly string[], rows: readonly (readonly string[])[]) =>
  [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n')

const revealable: Label = { zh: '说明理由后可显示', en: 'shown for a reason' }

/** The guarded fields that a role sees of an object, and how. */
function fieldsOf(role: RoleName, object: GuardedObject): Label[] {
  const labels: Readonly<Record<string, Label>> = guardedFieldLabels[object]
  return guardedFields[object].flatMap((field) => {
    const access = fieldAccess(role, object, field)
    const label = Object.hasOwn(labels, field) ? labels[field] : undefined
    if (access === 'hidden' || label === undefined) return []
    const way = fieldAccessLabels[access]
    const more = mayReveal(role, object, field) ? revealable : undefined
    return [
      {
        zh: `${label.zh}${way.zh}${more === undefined ? '' : `（${more.zh}）`}`,
        en: `${label.en} ${way.en}${more === undefined ? '' : ` (${more.en})`}`,
      },
    ]
  })
}

const isGuarded = (object: string): object is GuardedObject => Object.hasOwn(guardedFields, object)

function roleSection(role: RoleName): string {
  const rows = accessObjects.flatMap((object) => {
    const own = actions.filter((action) => may(role, action, object))
    const fields = isGuarded(object) ? fieldsOf(role, object) : []
    return own.length === 0
      ? []
      : [[both(objectLabels[object]), listed(own.map((action) => actionLabels[action])), listed(fields)]]
  })
  const head = ['对象 · Object', '可以 · May', '受保护字段 · Guarded fields']
  return `### ${both(roleLabels[role])}\n\n${table(head, rows)}`
}

const objectNamed: Label = { zh: '所示对象', en: 'what the address names' }

function accessWords(access: DeclaredAccess): string[] {
  if (access === 'public') return ['公开 · public', '']
  if (access === 'session') return ['已登录者本人 · whoever has signed in', both(objectLabels.session)]
  if (typeof access === 'function') return [both(actionLabels.read), both(objectNamed)]
  const { action, object }: Access = access
  return [both(actionLabels[action]), both(objectLabels[object])]
}

function accessDocument(): string {
  const routes = declaredRoutes(app).map(({ method, path, access }) => [
    `\`${method} ${path.replace(/\{[^}]*\}/, '').replace(':file', ':y.mvt')}\``,
    ...accessWords(access),
  ])
  const objects = accessObjects.map((object) => [
    both(objectLabels[object]),
    both(objectLabels[object].about),
    isGuarded(object) ? listed(Object.values<Label>(guardedFieldLabels[object])) : '',
  ])
  return `# 权限 · Access

由 \`data/domain/access.ts\` 生成，未列出的一律不允许。修改权限表后运行 \`npx -y pnpm@12 exec vitest run --project architecture access-document -u\`。
*Printed from \`data/domain/access.ts\`; what is not listed is refused. After a change of the table run the command above.*

每个身份只在其授权的区域内有效。居民没有账号。演示期间，服务器本机的使用者不必登录，可切换各种身份；以 \`SIGN_IN=off\` 启动时，所有人都是中心负责人。不可见的字段由数据库隐去，无论哪个接口都为空。
*A role holds in the areas of its grants. Residents have no accounts. In the demo everybody at the server's machine may take any role without signing in; with \`SIGN_IN=off\` everybody is centre lead. A hidden field is withheld by the database and empty in every answer.*

## 身份 · Roles

${roleNames.map(roleSection).join('\n\n')}

## 对象 · Objects

受保护字段未在上面列出的不可见。
*Guarded fields that are not listed above are hidden.*

${table(['对象 · Object', '包括 · What belongs to it', '受保护字段 · Guarded fields'], objects)}

## 接口 · Routes

${table(['接口 · Route', '动作 · Action', '对象 · Object'], routes)}
`
}

test('docs/access.md is what the table of rights and the routes say', async () => {
  await expect(accessDocument()).toMatchFileSnapshot('../../docs/access.md')
})

test('what a route does, some role may do', () => {
  const forNobody = declaredRoutes(app).filter(
    ({ access }) => typeof access === 'object' && !roleNames.some((role) => may(role, access.action, access.object)),
  )
  expect(forNobody).toEqual([])
})
