import { randomBytes } from 'node:crypto'
import { documentLimits, type IncidentDocument } from '@minqing/data/domain/incident-document'
import { ProblemError } from '@minqing/data/domain/problem'
import type { Actor } from '../access/actor.ts'
import { recordAs } from '../audit/append-audit.ts'
import { plainName } from '../http/file-names.ts'
import type { Database, Transaction } from '../store/connect.ts'
import { readAs, type ReadSource, type Scope } from '../store/scope.ts'
import { writeAs } from '../writing/write-as.ts'
import { cleanImage } from './clean-image.ts'
import type { DocumentFiles } from './document-files.ts'
import { identifyDocument } from './identify-document.ts'
import { fileEmpty, fileTooLarge, notTaken, tooManyBytes, tooManyFiles, withdrawnBefore } from './problems.ts'

type Case = { street: string; number: string }

type Row = Omit<IncidentDocument, 'withdrawn' | 'addedAt'> & {
  addedAt: string
  withdrawnAt: string | null
  withdrawnByRole: string | null
  withdrawnReason: string | null
}

/** Who may write in a case reads what belongs to it (`listParties` does the same). */
function scopeOf(actor: Actor): Scope {
  return { role: 'writer', areas: actor.scope.areas }
}

/**
 * The documents of a case, those that were withdrawn among them.
 *
 * @throws ProblemError `not_found`, also for a case that the actor may not see
 */
export async function listDocuments(
  readFrom: ReadSource,
  actor: Actor,
  { street, number }: Case,
): Promise<IncidentDocument[]> {
  return readAs(readFrom, scopeOf(actor), async (transaction) => {
    await requireCase(transaction, { street, number })
    const rows = await transaction<Row[]>`
      select id, name, type, size, width, height, sha256, added_at, added_by_role, withdrawn_at, withdrawn_by_role,
        withdrawn_reason
      from incident_document where street_code = ${street} and number = ${number} order by added_at, id`
    return rows.map(shown)
  })
}

function shown({ withdrawnAt, withdrawnByRole, withdrawnReason, addedAt, ...row }: Row): IncidentDocument {
  return {
    ...row,
    addedAt: new Date(addedAt).toISOString(),
    withdrawn:
      withdrawnAt === null
        ? null
        : { at: new Date(withdrawnAt).toISOString(), byRole: withdrawnByRole ?? '', reason: withdrawnReason ?? '' },
  }
}

/** A file as it is sent, and what the person calls it. */
export type SentFile = { name: string; bytes: AsyncIterable<Uint8Array> }

/**
 * Adds a document to a case: an image as it is written again, a PDF as it was sent.
 *
 * @throws ProblemError `not_found`, `unsupported_media_type`, `too_large`, `conflict` beyond the limits of the case,
 *   `bad_parameter` for a file that is damaged
 */
export async function addDocument(
  database: Database,
  files: DocumentFiles,
  actor: Actor,
  { street, number }: Case,
  file: SentFile,
  now: Date,
): Promise<IncidentDocument> {
  // Refused before the file is read where it has no place.
  await readAs(database, scopeOf(actor), async (transaction) => {
    await requireCase(transaction, { street, number })
    await requireWithinLimits(transaction, { street, number }, 0)
  })
  const sent = await readWhole(file.bytes)
  const { bytes, ...described } = await prepare(sent)
  const id = randomBytes(16).toString('base64url')
  const name = plainName(file.name).name
  const size = bytes.length
  const audited = { action: 'create', object: 'document', area: street, target: number } as const
  return writeAs(database, actor, audited, async ({ transaction, details }) => {
    await requireCase(transaction, { street, number }, transaction`for update`)
    await requireWithinLimits(transaction, { street, number }, size)
    // Before the row: one without a file would be worse than a file without one, which `minqing documents` finds.
    const sha256 = await files.put(bytes)
    await transaction`
      insert into incident_document (street_code, number, id, name, type, size, width, height, sha256, added_at, added_by,
        added_by_role)
      values (${street}, ${number}, ${id}, ${name}, ${described.type}, ${size}, ${described.width}, ${described.height},
        ${sha256}, ${now}, ${actor.id}, ${actor.role})`
    Object.assign(details, { document: id, type: described.type, size })
    const added = { id, name, size, sha256, addedAt: now.toISOString(), addedByRole: actor.role, withdrawn: null }
    return { ...added, ...described }
  })
}

/** The sent file as it is stored. */
async function prepare(sent: Buffer) {
  const kind = identifyDocument(sent)
  if (kind === undefined) throw notTaken()
  if (kind === 'pdf') return { bytes: sent, type: 'application/pdf', width: null, height: null } as const
  return cleanImage(kind, sent)
}

async function readWhole(pieces: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const read: Uint8Array[] = []
  let size = 0
  for await (const piece of pieces) {
    size += piece.length
    if (size > documentLimits.file) throw fileTooLarge()
    read.push(piece)
  }
  if (size === 0) throw fileEmpty()
  return Buffer.concat(read)
}

/**
 * A document with its bytes; that it was read stands in the audit trail.
 *
 * @throws ProblemError `not_found`; `conflict` for one that was withdrawn
 */
export async function readDocument(
  database: Database,
  readFrom: ReadSource,
  files: DocumentFiles,
  actor: Actor,
  { street, number, id }: Case & { id: string },
): Promise<{ document: IncidentDocument; bytes: Buffer }> {
  const documents = await listDocuments(readFrom, actor, { street, number })
  const document = documents.find((one) => one.id === id)
  if (document === undefined) throw noSuchDocument()
  if (document.withdrawn !== null) throw withdrawnBefore()
  const bytes = await files.read(document.sha256)
  if (bytes === undefined) throw fileMissing(id)
  const audited = { action: 'read', object: 'document', area: street, target: number } as const
  await recordAs(database, actor, audited, 'done', { document: id })
  return { document, bytes }
}

/**
 * Withdraws a document: it can no longer be read, and that it was there and why it is not stays.
 *
 * @throws ProblemError `not_found`; `conflict` for one that was withdrawn before
 */
export async function withdrawDocument(
  database: Database,
  actor: Actor,
  { street, number, id }: Case & { id: string },
  reason: string,
  now: Date,
): Promise<void> {
  const audited = { action: 'remove', object: 'document', area: street, target: number, reason } as const
  await writeAs(database, actor, audited, async ({ transaction, details }) => {
    await requireCase(transaction, { street, number }, transaction`for update`)
    const withdrawn = await transaction<{ isFirst: boolean }[]>`
      update incident_document set withdrawn_at = ${now}, withdrawn_by = ${actor.id}, withdrawn_by_role = ${actor.role},
        withdrawn_reason = ${reason}
      where street_code = ${street} and number = ${number} and id = ${id} and withdrawn_at is null returning id`
    if (withdrawn.length === 0) {
      const [there] = await transaction`
        select from incident_document where street_code = ${street} and number = ${number} and id = ${id}`
      throw there === undefined ? noSuchDocument() : withdrawnBefore()
    }
    details['document'] = id
  })
}

/** @param lock so that of two who add a document at once the second sees the first. */
async function requireCase(transaction: Transaction, { street, number }: Case, lock = transaction``): Promise<void> {
  const [row] = await transaction`
    select from incident where street_code = ${street} and number = ${number} ${lock}`
  if (row === undefined)
    throw new ProblemError(
      'not_found',
      { zh: `街道 ${street} 没有编号为“${number}”的事件`, en: `Sub-district ${street} has no incident “${number}”` },
      { parameter: 'number', remedy: { zh: '请核对编号', en: 'Check the number' } },
    )
}

async function requireWithinLimits(transaction: Transaction, { street, number }: Case, more: number): Promise<void> {
  const [sum] = await transaction<[{ files: number; bytes: number }]>`
    select count(*)::integer as files, coalesce(sum(size), 0)::float8 as bytes from incident_document
    where street_code = ${street} and number = ${number} and withdrawn_at is null`
  if (sum.files >= documentLimits.files) throw tooManyFiles()
  if (sum.bytes + more > documentLimits.total) throw tooManyBytes()
}

function noSuchDocument(): ProblemError {
  return new ProblemError(
    'not_found',
    { zh: '该事件没有这个材料', en: 'The case has no such document' },
    { parameter: 'id', remedy: { zh: '请刷新后再操作', en: 'Read the list again' } },
  )
}

function fileMissing(id: string): ProblemError {
  return new ProblemError(
    'not_found',
    {
      zh: `材料 ${id} 有记录，但文件缺失或已损坏`,
      en: `Document ${id} is recorded, and its file is missing or damaged`,
    },
    {
      remedy: {
        zh: '请管理员运行 minqing documents check，并从备份恢复 documents 目录',
        en: 'An administrator should run minqing documents check, and restore the folder documents from a backup',
      },
    },
  )
}
