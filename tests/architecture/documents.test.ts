import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { readSources, root, type Source } from './source.ts'

/** Made by a command, so that a fresh clone lacks it. */
const generated = ['web/dist']

const pathInText = /(?:`|\]\(|src=")((?:data|server|web|tests|docs|\.ci)\/[\w./-]*)/g

function missingPaths(documents: Source[], exists: (path: string) => boolean): string[] {
  return documents.flatMap(({ path, text }) =>
    [...text.matchAll(pathInText)].flatMap(([, cited = '']) => (exists(cited) ? [] : [`${path} cites ${cited}`])),
  )
}

/** A module is a folder directly below one of the four packages. */
function uncitedModules(architecture: string, paths: string[]): string[] {
  const modules = new Set(
    paths.filter((path) => path.split('/').length > 2).map((path) => path.split('/', 2).join('/')),
  )
  return [...modules].filter((module) => !architecture.includes(`\`${module}/`)).toSorted()
}

test('what the documents cite exists', () => {
  const documents = readSources(['{README,ARCHITECTURE,CONTRIBUTING}.md'])
  expect(documents.map(({ path }) => path)).toEqual(['ARCHITECTURE.md', 'CONTRIBUTING.md', 'README.md'])
  expect(missingPaths(documents, (path) => generated.includes(path) || existsSync(join(root, path)))).toEqual([])
})

test('ARCHITECTURE.md describes every module', () => {
  const [architecture] = readSources(['ARCHITECTURE.md'])
  const paths = readSources(['{data,server,web,tests}/**/*.{ts,tsx,css,sql}']).map(({ path }) => path)
  expect(uncitedModules(architecture?.text ?? '', paths)).toEqual([])
})

test('a path that is gone and a module that is not described are found', () => {
  const documents = [{ path: 'README.md', text: 'See `data/gone.ts`, ![map](docs/map.png) and `data/domain/`.' }]
  expect(missingPaths(documents, (path) => path === 'data/domain/')).toEqual([
    'README.md cites data/gone.ts',
    'README.md cites docs/map.png',
  ])
  expect(
    uncitedModules('`data/domain/` holds the nouns', ['data/domain/area.ts', 'data/more/kde.ts', 'data/a.ts']),
  ).toEqual(['data/more'])
})
