import { mostPrintTemplates, type PageSetup, pageSetup, type PrintTemplate } from '@minqing/data/domain/page-setup'
import { ProblemError } from '@minqing/data/domain/problem'
import type { Actor } from '../access/actor.ts'
import type { Database, Transaction } from '../store/connect.ts'
import { writeAs } from '../writing/write-as.ts'

type Row = Omit<PrintTemplate, 'setup'> & { setup: unknown }

/** Those of a street by name, within the reader's scope. One that an earlier version saved and that no longer fits is left out. */
export async function listTemplates(transaction: Transaction, street: string): Promise<PrintTemplate[]> {
  const rows = await transaction<Row[]>`
    select id, name, setup, saved_at from print_template where street_code = ${street} order by name`
  return rows.flatMap((row) => {
    const { data } = pageSetup.safeParse(row.setup)
    return data === undefined ? [] : [{ ...row, setup: data }]
  })
}

/**
 * Saves a template under its name, in the place of the one that has it.
 *
 * @throws ProblemError `forbidden` where the actor's areas are not the whole street, `conflict` where it has no room.
 */
export async function saveTemplate(
  database: Database,
  actor: Actor,
  street: string,
  { name, setup }: { name: string; setup: PageSetup },
  now: Date,
): Promise<string> {
  refuseOutside(actor, street)
  return writeAs(database, actor, { action: 'create', object: 'print_template', area: street }, async (writing) => {
    const { transaction } = writing
    await transaction`select pg_advisory_xact_lock(hashtext('print_template'), hashtext(${street}))`
    const [{ count }] = await transaction<[{ count: number }]>`
      select count(*)::integer from print_template where street_code = ${street} and name <> ${name}`
    if (count >= mostPrintTemplates) throw tooMany()
    const [saved] = await transaction<{ id: string }[]>`
      insert into print_template (street_code, name, setup, saved_at)
      values (${street}, ${name}, ${transaction.json(setup)}, ${now})
      on conflict (street_code, name) do update set setup = excluded.setup, saved_at = excluded.saved_at
      returning id`
    writing.target = saved!.id
    return saved!.id
  })
}

/** @throws ProblemError `not_found` where there is no such template that the actor may remove. */
export async function removeTemplate(database: Database, actor: Actor, street: string, id: string): Promise<void> {
  const audited = { action: 'remove', object: 'print_template', area: street, target: id } as const
  await writeAs(database, actor, audited, async ({ transaction }) => {
    const { count } = await transaction`delete from print_template where street_code = ${street} and id = ${id}`
    if (count === 0)
      throw new ProblemError('not_found', { zh: '没有这个打印模板', en: 'There is no such print template' })
  })
}

function refuseOutside({ scope }: Actor, street: string): void {
  if (scope.areas.some((area) => area === 'all' || street.startsWith(area))) return
  throw new ProblemError(
    'forbidden',
    {
      zh: '打印模板属于整个街道，您的范围只是其中一部分',
      en: 'Print templates belong to the whole sub-district, of which you have a part',
    },
    { remedy: { zh: '请联系街道管理人员保存', en: 'Ask somebody who works for the whole sub-district to save it' } },
  )
}

function tooMany(): ProblemError {
  return new ProblemError(
    'conflict',
    {
      zh: `本街道已有 ${mostPrintTemplates} 个打印模板`,
      en: `The sub-district has ${mostPrintTemplates} print templates already`,
    },
    { remedy: { zh: '请先删除不用的模板，再保存', en: 'Remove one that is not used, and save again' } },
  )
}
