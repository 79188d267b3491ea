import { existsSync, readFileSync, realpathSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { expect, test } from 'vitest'
import { readSources, root } from './source.ts'

type Manifest = {
  name?: string
  license?: string
  dependencies?: Record<string, string>
  devDependencies?: Record<string, string>
  optionalDependencies?: Record<string, string>
}

/** Licences under which a part can be shipped with MIT software; fonts come under the OFL. */
const compatible = new Set(
  `MIT MIT-0 ISC 0BSD BSD-2-Clause BSD-3-Clause EDL-1.0 Apache-2.0 Zlib Unlicense CC0-1.0 BlueOak-1.0.0 Python-2.0
  PostgreSQL OFL-1.1`.split(/\s+/),
)

/** Packages whose manifest misstates its licence: what their LICENSE file says. */
const readByHand: Record<string, string> = { arc: 'BSD-2-Clause', 'splaytree-ts': 'BSD-3-Clause' }

/** Understands SPDX expressions of `AND`, `OR` and parentheses. */
function isCompatible(licence: string): boolean {
  const expression = licence.replaceAll(/^\(|\)$/g, '')
  if (/\bOR\b/.test(expression)) return expression.split(/\s+OR\s+/).some(isCompatible)
  return expression.split(/\s+AND\s+/).every((name) => compatible.has(name.replaceAll(/[()]/g, '').trim()))
}

function readManifest(folder: string): Manifest {
  return JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as Manifest
}

/** Folders of everything that the folder's package needs when it runs, by the way Node finds it. */
function collectShipped(folder: string, seen: Set<string>): void {
  const { dependencies = {}, optionalDependencies = {} } = readManifest(folder)
  for (const name of Object.keys({ ...dependencies, ...optionalDependencies })) {
    const found = findPackage(folder, name)
    if (found === undefined || seen.has(found)) continue
    seen.add(found)
    collectShipped(found, seen)
  }
}

/** Undefined for a part of another platform, which is not installed here. */
function findPackage(from: string, name: string): string | undefined {
  const folder = join(from, 'node_modules', name)
  if (existsSync(join(folder, 'package.json'))) return realpathSync(folder)
  return dirname(from) === from ? undefined : findPackage(dirname(from), name)
}

test('everything shipped may be shipped with MIT software', () => {
  const folders = new Set<string>()
  for (const name of ['data', 'server', 'web']) collectShipped(join(root, name), folders)
  expect(folders.size).toBeGreaterThan(50)
  const foreign = [...folders]
    .map(readManifest)
    .map(({ name = '', license = 'none' }) => ({ name, licence: readByHand[name] ?? license }))
    .filter(({ name, licence }) => !name.startsWith('@minqing/') && !isCompatible(licence))
  expect(foreign.map(({ name, licence }) => `${name}: ${licence}`)).toEqual([])
})

test('versions are exact, and stand in the catalogue', () => {
  const manifests = readSources(['package.json', '{data,server,web,tests}/package.json'])
  const loose = manifests.flatMap(({ path, text }) => {
    const { dependencies = {}, devDependencies = {} } = JSON.parse(text) as Manifest
    return Object.entries({ ...dependencies, ...devDependencies })
      .filter(([name, range]) => !(name === 'node' ? isExact(range) : /^(catalog:|workspace:\*)$/.test(range)))
      .map(([name, range]) => `${path}: ${name} ${range}`)
  })
  expect(loose).toEqual([])
  expect(looseVersions(readSources(['pnpm-workspace.yaml'])[0]?.text ?? '')).toEqual([])
})

function looseVersions(workspace: string): string[] {
  const catalogue = /^catalog:\n((?: .*\n)+)/m.exec(workspace)?.[1] ?? ''
  const entries = [...catalogue.matchAll(/^ +'?([^':]+)'?: *(.+)$/gm)]
  if (entries.length === 0) return ['the catalogue is empty']
  return entries.filter(([, , version = '']) => !isExact(version)).map(([, name, version]) => `${name} ${version}`)
}

function isExact(version: string): boolean {
  return /^\d+\.\d+\.\d+(-[\w.]+)?$/.test(version)
}

test('a copyleft licence and a loose version are found', () => {
  expect(['MIT', '(MIT OR GPL-3.0)', 'MIT AND ISC', '(MIT AND BSD-3-Clause)'].map(isCompatible)).not.toContain(false)
  expect(['GPL-3.0', 'none', 'MIT AND AGPL-3.0', 'SEE LICENSE IN LICENSE', ''].map(isCompatible)).not.toContain(true)
  expect(looseVersions(`catalog:\n  '@a/b': 1.2.3\n  c: ^1.0.0\n`)).toEqual(['c ^1.0.0'])
})
