import { stepContents, type StepAction } from '@minqing/data/domain/incident-workflow/step-actions'
import { expect, test } from 'vitest'
import { contentOf, fieldsOf, type NextStep } from './step-fields.ts'

const next = (action: StepAction, needs: string[] = []): NextStep => ({
  action,
  label: { zh: action, en: action },
  to: null,
  needs,
  content: stepContents[action].toJSONSchema({ io: 'input' }),
})

test('what is entered is what the step records', () => {
  const classify = fieldsOf(next('classify', ['type', 'risk', 'urgency']))!
  expect(classify.map(({ name, kind, required }) => [name, kind, required])).toEqual([
    ['type', 'choice', true],
    ['risk', 'choice', true],
    ['urgency', 'choice', true],
    ['involvedCount', 'number', false],
    ['dueAt', 'time', false],
  ])
  const content = contentOf(classify, {
    type: 'D02',
    risk: 'red',
    urgency: '2',
    involvedCount: ' 7 ',
    dueAt: '2026-03-20T18:00',
  })
  expect(content).toEqual({
    type: 'D02',
    risk: 'red',
    urgency: '2',
    involvedCount: 7,
    dueAt: '2026-03-20T10:00:00.000Z',
  })
  expect(stepContents.classify.safeParse(content).success).toBe(true)
})

test('lists are entered with any separator, and what is empty is left out', () => {
  const join = fieldsOf(next('join', ['leadUnit', 'units']))!
  const content = contentOf(join, { leadUnit: '派出所', units: '派出所、司法所, 律师事务所', handlers: ' ' })
  expect(content).toEqual({ leadUnit: '派出所', units: ['派出所', '司法所', '律师事务所'] })
  expect(stepContents.join.safeParse(content).success).toBe(true)
})

test('what needs a party or an agreement is not entered here', () => {
  expect(fieldsOf(next('agree', ['agreement', 'form', 'parties', 'duties']))).toBeNull()
  expect(fieldsOf(next('record_serious_event', ['kind', 'happenedAt']))).toBeNull()
  expect(fieldsOf(next('withdraw_serious_event', ['reason', 'step']))).toBeNull()
  expect(fieldsOf(next('sign'))).toEqual([])
})
