import { FileProblem } from '@minqing/data/formats/file-problem'
import type { RowSource } from '@minqing/data/formats/source-row'
import type { ImportPlan } from '../plan.ts'

/**
 * Stops before the first row where a file leaves something open that only a person knows.
 *
 * @throws FileProblem with the question
 */
export function refuseOpenQuestions(source: RowSource, plan: ImportPlan): void {
  const question = source.questions?.find(({ about }) => about !== 'crs' || plan.crs === null)
  if (question !== undefined) throw new FileProblem(question.label.zh, question.label.en)
}
