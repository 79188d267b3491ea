import { fieldLabels } from '@minqing/data/domain/field-name'
import type { Fault, ImportReport } from '@minqing/data/domain/import'
import { positionSourceLabels } from '@minqing/data/domain/position-source'
import type { Label } from '@minqing/data/domain/label'
import { rowName } from '../check/check-context.ts'

/** The report in words, Chinese first. */
export function describe(report: ImportReport): string[] {
  const { file, collection, format, encoding, crs, columns } = report
  const lines = [
    `${file} → ${collection}（${[format, encoding, crs].filter((part) => part !== null).join('，')}）`,
    `列 Columns: ${columns.map(({ field, columns }) => `${field} ← ${columns.join(' | ')}`).join('，')}`,
    ...unusedColumns(report),
    ...report.notes.flatMap(both),
    ...report.rowNotes.map(({ label, rows }) => `注意 Note: ${rows} × ${label.zh} · ${label.en}`),
    ...addressLines(report.addresses),
    ...report.rejects.examples.flatMap(({ line, sheet, faults }) =>
      faults.map((fault) => rejected(rowName(line, sheet), fault)),
    ),
  ]
  if (report.rejected > report.rejects.examples.length)
    lines.push(`… 共 ${report.rejected} 行被拒绝 · ${report.rejected} rows rejected in all`)
  lines.push(
    `读取 ${report.read}，新增 ${report.inserted}，更新 ${report.updated}，未变 ${report.unchanged}，跳过 ${report.skipped}，拒绝 ${report.rejected}`,
    `read ${report.read}, inserted ${report.inserted}, updated ${report.updated}, unchanged ${report.unchanged}, skipped ${report.skipped}, rejected ${report.rejected}`,
    ...both(outcome(report)),
  )
  if (report.batch !== null)
    lines.push(
      `导入编号 ${report.batch}，可用 minqing undo ${report.batch} 整体撤销 · Import ${report.batch}; minqing undo ${report.batch} takes it back`,
    )
  if (report.besideDemo)
    lines.push(
      `演示数据还在库中，可用 minqing demo remove 移除 · The demo is still there; minqing demo remove takes it out`,
    )
  if (report.rejects.file !== null)
    lines.push(
      `被拒绝的行在 ${report.rejects.file}，改正后可直接再导入 · Rejected rows are in it, ready to be corrected and imported`,
    )
  return lines
}

/** Addresses that are shown at a terminal; a report in JSON has more. */
const addressesShown = 20

/** How rows without a position were placed, and which addresses are not sure. */
function addressLines(addresses: ImportReport['addresses']): string[] {
  if (addresses === null) return []
  const { placed, undecided, unplaced, different, list } = addresses
  const zh = placed.map(({ source, rows }) => `${positionSourceLabels[source].zh} ${rows} 行`)
  const en = placed.map(({ source, rows }) => `${positionSourceLabels[source].en}: ${rows}`)
  const lines = [
    `没有坐标的行：${[...zh, `有歧义待定 ${undecided} 行`, `地址未找到 ${unplaced} 行`].join('，')}`,
    `Rows without a position: ${[...en, `undecided: ${undecided}`, `not found: ${unplaced}`].join(', ')}`,
    ...list.slice(0, addressesShown).map(({ address, rows, candidates }) => {
      const choices = candidates.map(({ target, label }) => `${target}（${label}）`)
      return choices.length === 0
        ? `未找到 Not found: ${rows} × ${address}`
        : `待定 Undecided: ${rows} × ${address}：${choices.join('、')}`
    }),
  ]
  if (list.length > 0)
    lines.push(
      '可用 --place 地址=目标 逐个指明后再导入一次，以后的文件会沿用 · Say what they mean with --place address=target and import again; later files will follow',
    )
  if (different > addressesShown) lines.push(`… 共 ${different} 个地址 · ${different} addresses in all`)
  return lines
}

function unusedColumns({ unused }: ImportReport): string[] {
  return unused.length === 0 ? [] : [`没有用到的列 Columns not used: ${unused.join('，')}`]
}

function outcome({ dryRun, written, rejected }: ImportReport): Label {
  if (dryRun) return { zh: '试运行：没有写入任何数据。', en: 'Dry run: nothing was written.' }
  if (!written)
    return {
      zh: '没有写入任何数据。改正被拒绝的行，或加 --skip-invalid 只导入其余的行。',
      en: 'Nothing was written. Correct the rejected rows, or add --skip-invalid to import the others.',
    }
  if (rejected > 0) return { zh: '已写入其余的行。', en: 'The other rows are in.' }
  return { zh: '完成。', en: 'Done.' }
}

function rejected(row: Label, { column, field, value, reason }: Fault): string {
  const named = field === null ? '' : `，字段“${fieldLabels[field].zh}”（${field}）`
  const where = column === null ? named : `，列“${column}”`
  const what = value === '' ? '' : `，值“${value}”`
  return `${row.zh}${where}${what}：${reason.zh} · ${reason.en}`
}

function both({ zh, en }: Label): string[] {
  return [zh, en]
}
