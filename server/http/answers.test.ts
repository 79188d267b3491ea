import { expect, test } from 'vitest'
import { Answers, type AnswerSource } from './answers.ts'

const source = (text: string): AnswerSource => ({
  type: 'application/json',
  route: '/grids',
  tag: `W/"${text.slice(0, 9)}"`,
  body: Buffer.from(text),
})
const long = (letter: string) => letter.repeat(5000)

test('asked for twice at once, it is made once', async () => {
  const answers = new Answers()
  let made = 0
  const make = async () => source(`made ${(made += 1)}`)
  const both = await Promise.all([1, 2].map(() => answers.provide('/grids', 'identity', ['areas'], make)))
  expect(both.map(({ bodies }) => bodies.identity.toString())).toEqual(['made 1', 'made 1'])
  await answers.provide('/grids', 'identity', ['areas'], make)
  expect(made).toBe(1)
})

test('a change drops what was made from the collection and leaves the rest', async () => {
  const answers = new Answers()
  await answers.provide('/grids', 'identity', ['areas'], async () => source('old'))
  await answers.provide('/tile', 'identity', ['base'], async () => source('tile'))
  answers.drop('areas')
  expect(answers.find('/grids', 'identity')).toBeUndefined()
  expect(answers.find('/tile', 'identity')).toBeDefined()
})

test('what was being made while its collection changed is handed out once and not kept', async () => {
  const answers = new Answers()
  const read = Promise.withResolvers<AnswerSource>()
  const asked = answers.provide('/grids', 'identity', ['areas'], () => read.promise)
  answers.drop('areas')
  const later = answers.provide('/grids', 'identity', ['areas'], async () => source('new'))
  read.resolve(source('old'))
  expect((await asked).bodies.identity.toString()).toBe('old')
  expect((await later).bodies.identity.toString()).toBe('new')
  expect(answers.find('/grids', 'identity')?.bodies.identity.toString()).toBe('new')
})

test('a failure is not kept', async () => {
  const answers = new Answers()
  await expect(
    answers.provide('/grids', 'identity', ['areas'], () => Promise.reject(new Error('away'))),
  ).rejects.toThrow('away')
  expect(
    (await answers.provide('/grids', 'identity', ['areas'], async () => source('back'))).bodies.identity.toString(),
  ).toBe('back')
})

test('memory is bounded: the least recently asked for goes first', async () => {
  const answers = new Answers(20_000)
  for (const letter of 'abcd')
    await answers.provide(`/${letter}`, 'identity', ['areas'], async () => source(long(letter)))
  expect(answers.find('/a', 'identity')).toBeUndefined()
  expect(answers.find('/d', 'identity')).toBeDefined()
})

test('an encoding is made when it is first asked for; a small body is not encoded', async () => {
  const answers = new Answers()
  await answers.provide('/large', 'identity', ['areas'], async () => source(long('x')))
  expect(answers.find('/large', 'br')).toBeUndefined()
  const encoded = await answers.provide('/large', 'br', ['areas'], () => Promise.reject(new Error('made twice')))
  expect(encoded.bodies.br!.length).toBeLessThan(100)
  expect(encoded.headers.br).toMatchObject({
    'content-encoding': 'br',
    'content-length': String(encoded.bodies.br!.length),
  })
  const small = await answers.provide('/small', 'gzip', ['areas'], async () => source('tiny'))
  expect(small.headers.gzip).not.toHaveProperty('content-encoding')
})
