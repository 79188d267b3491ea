/**
 * Changes the policy (`data/domain/access.ts`) in one place at a time and runs its unit tests against each change. What
 * no test notices is printed; fewer than 95 % noticed is a failure.
 */
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { registerHooks, stripTypeScriptTypes } from 'node:module'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { isDeepStrictEqual } from 'node:util'
import { accessObjects, actions, guardedFields, policy } from '@minqing/data/domain/access'
import { roleNames } from '@minqing/data/domain/role'

type Mutant = { name: string; source: string }
type Test = () => void | Promise<void>

const least = 0.95
const folder = join(import.meta.dirname, '../data/domain')
const javascript = (file: string) => stripTypeScriptTypes(readFileSync(join(folder, file), 'utf8'))
const source = javascript('access.ts')
const testSource = javascript('access.test.ts')
const functions = source.indexOf('export function')

/** Each cell of the table turned over: a right taken or given, a field seen in each other way. */
function cellMutants(): Mutant[] {
  const mutant = (name: string, change: string) => ({ name, source: `${source}\n${change}` })
  const rights = roleNames.flatMap((role) =>
    accessObjects.flatMap((object) =>
      actions.map((action) => {
        const now = policy[role].may[object] ?? []
        const turned = now.includes(action) ? now.filter((other) => other !== action) : [...now, action]
        return mutant(
          `${role} ${action} ${object}`,
          `policy.${role}.may = { ...policy.${role}.may, ${object}: ${JSON.stringify(turned)} }`,
        )
      }),
    ),
  )
  const fields = roleNames.flatMap((role) =>
    Object.entries(guardedFields).flatMap(([object, names]) => {
      const now: Readonly<Record<string, string>> = { ...policy[role].sees[object as keyof typeof guardedFields] }
      return names.flatMap((field) =>
        ['clear', 'masked', 'revealable', undefined]
          .filter((right) => right !== (Object.hasOwn(now, field) ? now[field] : undefined))
          .map((right) =>
            mutant(
              `${role} ${object}.${field} ${right ?? 'hidden'}`,
              `policy.${role}.sees = { ...policy.${role}.sees, ${object}: ${JSON.stringify({ ...now, [field]: right })} }`,
            ),
          ),
      )
    }),
  )
  return [...rights, ...fields]
}

const swaps: [RegExp, string[]][] = [
  [/===/g, ['!==']],
  [/\?\? /g, ['&& ']],
  [/\bfalse\b/g, ['true']],
  [/'(revealable|masked|hidden)'/g, ["'clear'", "''"]],
  [/\(action\)/g, ['(actions[0])', '(object)']],
  [/policy\[role\]/g, ['policy.wall', 'policy.centre_lead']],
  [/\.may\[object\]/g, ['.may.service']],
  [/\.sees\[object\]/g, ['.sees.contact']],
  [/\?\.\[field\]/g, ['?.name']],
  [/return /g, ['return !', 'return; ']],
]

/** Each operator, value and look-up in the functions replaced. */
function functionMutants(): Mutant[] {
  const code = source.slice(functions)
  return swaps.flatMap(([pattern, replacements]) =>
    [...code.matchAll(pattern)].flatMap(({ 0: text, index }) =>
      replacements.map((replacement) => ({
        name: `${code.slice(code.lastIndexOf('\n', index) + 1, code.indexOf('\n', index)).trim()}: ${text} → ${replacement}`,
        source: `${source.slice(0, functions + index)}${replacement}${code.slice(index + text.length)}`,
      })),
    ),
  )
}

const original: Mutant = { name: 'unchanged', source }
const mutants = [original, ...cellMutants(), ...functionMutants()]

/** Tests of the module that is being loaded. */
let tests: Test[] = []
const runner = {
  test: (_name: string, body: Test) => void tests.push(body),
  expect: (found: unknown) => ({
    toBe: (expected: unknown) => refuseOther(found === expected),
    toEqual: (expected: unknown) => refuseOther(isDeepStrictEqual(found, expected)),
  }),
}
function refuseOther(isEqual: boolean): void {
  if (!isEqual) throw new Error('it is another')
}
Object.assign(globalThis, { runner })

registerHooks({
  resolve(specifier, context, next) {
    const mutant = context.parentURL === undefined ? null : new URL(context.parentURL).searchParams.get('mutant')
    if (mutant === null || !context.parentURL?.includes('access.test.ts')) return next(specifier, context)
    if (specifier === 'vitest')
      return { url: 'data:text/javascript,export const { test, expect } = globalThis.runner', shortCircuit: true }
    const found = next(specifier, context)
    return found.url.endsWith('/access.ts') ? { ...found, url: `${found.url}?mutant=${mutant}` } : found
  },
  load(url, context, next) {
    const mutant = new URL(url).searchParams.get('mutant')
    if (mutant === null) return next(url, context)
    const changed = url.includes('/access.ts?') ? mutants[Number(mutant)]!.source : testSource
    return { format: 'module', source: changed, shortCircuit: true }
  },
})

async function isNoticed(index: number): Promise<boolean> {
  tests = []
  await import(`${pathToFileURL(join(folder, 'access.test.ts')).href}?mutant=${index}`)
  assert.ok(tests.length > 0, 'no tests were found')
  try {
    for (const test of tests) await test()
    return false
  } catch {
    return true
  }
}

assert.equal(await isNoticed(0), false, 'the tests fail without a change')
const missed: string[] = []
for (const [index, { name }] of mutants.entries()) if (index > 0 && !(await isNoticed(index))) missed.push(name)
const total = mutants.length - 1
const share = (total - missed.length) / total
for (const name of missed) process.stdout.write(`unnoticed: ${name}\n`)
process.stdout.write(`${total - missed.length} of ${total} changes are noticed (${(share * 100).toFixed(1)} %)\n`)
process.exitCode = share >= least ? 0 : 1
