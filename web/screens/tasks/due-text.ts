import { taskNodeLabels } from '@minqing/data/domain/incident-workflow/next-task'
import type { Language } from '@minqing/data/domain/label'
import type { Task } from '../../api/tasks.ts'
import { translatorFor } from '../../i18n/messages.ts'
import { durationText } from '../../ui/duration-text.ts'
import { formatsFor } from '../../ui/use-formats.ts'
import { messages } from './messages.ts'

/** For what a time limit runs, how much of it is left at an instant, and when it ends; null where none runs. */
export function dueText(
  { node, dueAt }: Pick<Task, 'node' | 'dueAt'>,
  at: string,
  language: Language,
): { node: string; left: string; end: string } | null {
  if (node === null || dueAt === null) return null
  const t = translatorFor(messages, language)
  const left = Date.parse(dueAt) - Date.parse(at)
  const time = durationText(Math.abs(left), language)
  return {
    node: taskNodeLabels[node][language],
    left: t(left < 0 ? 'overdueBy' : 'left', { time }),
    end: formatsFor(language).shortDateTime(new Date(dueAt)),
  }
}
