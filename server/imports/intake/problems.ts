import type { Label } from '@minqing/data/domain/label'
import { ProblemError } from '@minqing/data/domain/problem'
import { FileProblem } from '@minqing/data/formats/file-problem'
import { asStorageProblem } from '../../store/storage-problem.ts'
import { noSuchImport } from './spool.ts'

export const cancelledLabel: Label = { zh: '已取消，没有写入任何数据', en: 'Cancelled; nothing was written' }
/** It may have been killed between the commit and the note of it. */
export const interruptedLabel: Label = {
  zh: '服务器在导入途中停止。导入要么全部写入，要么一行不写：导入记录里没有这一次，就请重新导入',
  en: 'The server ended during the import. It is all or nothing: where the list of imports does not have it, import it again',
}

/** What to say of an import that failed. */
export function failureLabel(error: unknown): Label {
  if (error instanceof FileProblem) return error.label
  const problem = error instanceof ProblemError ? error : asStorageProblem(error)
  if (problem !== undefined) return problem.detail
  return {
    zh: '导入时服务器出错，没有写入任何数据；原因已记入日志。请重试',
    en: 'The server failed during the import and wrote nothing; the log has the cause. Try again',
  }
}

export function beingImported(): ProblemError {
  return new ProblemError(
    'conflict',
    { zh: '这个文件正在导入', en: 'This file is being imported' },
    { remedy: { zh: '请等它完成，或先取消', en: 'Wait for it, or cancel it first' } },
  )
}

export function alreadyImported(): ProblemError {
  return new ProblemError(
    'conflict',
    { zh: '这个文件已经导入', en: 'This file has been imported' },
    {
      remedy: {
        zh: '请刷新页面查看结果；要再导入一次，请重新选择文件',
        en: 'Reload the page to see what came of it; to import it once more, choose the file again',
      },
    },
  )
}

export function tooManyInspected(): ProblemError {
  return new ProblemError(
    'too_many_requests',
    { zh: '同时识别的文件过多', en: 'Too many files are being looked at' },
    { remedy: { zh: '请在十秒后重试', en: 'Try again in ten seconds' } },
  )
}

/** What stands in the way of importing a file. */
export function unanswered(label: Label | undefined): ProblemError {
  return label === undefined ? noSuchImport() : new ProblemError('conflict', label)
}
