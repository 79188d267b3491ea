import { ProblemError } from '@minqing/data/domain/problem'
import type { Transaction } from '../store/connect.ts'

/** Enabled accounts that are administrators, and those of them that are so everywhere. */
type Administrators = { some: number; everywhere: number }

/** Locks them: of two that disable each other at the same time, the second one waits. */
export async function countAdministrators(transaction: Transaction): Promise<Administrators> {
  await transaction`
    select id from account a
    where exists (select from account_grant g where g.account = a.id and g.role = 'administrator')
    order by id for update`
  return count(transaction)
}

/** @throws ProblemError `conflict` where the last one is gone. */
export async function refuseLastAdministrator(transaction: Transaction, before: Administrators): Promise<void> {
  const after = await count(transaction)
  const isLast = (before.some > 0 && after.some === 0) || (before.everywhere > 0 && after.everywhere === 0)
  if (!isLast) return
  throw new ProblemError(
    'conflict',
    {
      zh: '这是最后一个系统管理员，不能停用，也不能取消其身份',
      en: 'This is the last administrator, who stays enabled and in the role',
    },
    {
      remedy: {
        zh: '请先授予另一个账号系统管理员身份',
        en: 'Make another account administrator first',
      },
    },
  )
}

async function count(transaction: Transaction): Promise<Administrators> {
  const [row] = await transaction<Administrators[]>`
    select count(distinct a.id) as some, count(distinct a.id) filter (where g.area = 'all') as everywhere
    from account a join account_grant g on g.account = a.id
    where g.role = 'administrator' and a.disabled_at is null`
  return row ?? { some: 0, everywhere: 0 }
}
