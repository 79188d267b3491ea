import type { ImportChoices } from '@minqing/data/domain/import'
import { queryOptions } from '@tanstack/react-query'
import type { Answer } from '../contract/api.ts'
import { addressOf, answerOf, get, post, put } from './fetch.ts'
import { uploadFile } from './upload.ts'

type Session = Answer<'/api/imports/:id'>

/** Milliseconds between two requests for a running import. */
const pace = 500

/** An import as it stands; refetched while it runs. */
export function importQuery(id: string | null) {
  return queryOptions({
    queryKey: ['import', id],
    enabled: id !== null,
    queryFn: ({ signal }) => get('/api/imports/:id', { param: { id: id ?? '' } }, signal),
    refetchInterval: ({ state }) => (state.data?.state === 'running' ? pace : false),
    staleTime: 0,
  })
}

/** The first rows of a file as it is chosen to be read; `version` changes with every look at it. */
export function previewQuery(id: string, version: string) {
  return queryOptions({
    queryKey: ['import', id, 'preview', version],
    queryFn: ({ signal }) => get('/api/imports/:id/preview', { param: { id } }, signal),
  })
}

/** The imports that were made, newest first. */
export function importsQuery() {
  return queryOptions({
    queryKey: ['imports'],
    queryFn: async ({ signal }) => (await get('/api/imports', {}, signal)).imports,
    staleTime: 0,
  })
}

/**
 * Sends a file as it is, and reports how much has been sent. `beside` is the import that it is another part of.
 * Throws `AnswerError`, or `TypeError` without a network.
 */
export function sendFile(
  file: File,
  beside: string | null,
  onSent: (share: number) => void,
  signal: AbortSignal,
): Promise<Session> {
  const address = beside === null ? '/api/imports' : addressOf('/api/imports/:id/files', { param: { id: beside } })
  return uploadFile<Session>(file, address, onSent, signal)
}

export function sendChoices(id: string, choices: ImportChoices): Promise<Session> {
  return put('/api/imports/:id/choices', { param: { id }, json: choices })
}

export function runImport(id: string): Promise<Session> {
  return post('/api/imports/:id/run', { param: { id } })
}

/** The rejected rows with their reasons, and what the server calls the file. */
export async function getRejects(id: string): Promise<{ blob: Blob; name: string }> {
  const response = await answerOf(addressOf('/api/imports/:id/rejects', { param: { id } }), '*/*')
  const [, encoded] = /filename\*=UTF-8''([^;]+)/.exec(response.headers.get('content-disposition') ?? '') ?? []
  const [, plain = 'rejects.csv'] = /filename="?([^";]+)/.exec(response.headers.get('content-disposition') ?? '') ?? []
  return { blob: await response.blob(), name: encoded === undefined ? plain : decodeURIComponent(encoded) }
}

export function cancelImport(id: string): Promise<Session> {
  return post('/api/imports/:id/cancel', { param: { id } })
}

/** @param number of the import in the list */
export function undoImport(number: number): Promise<Answer<'/api/imports/:number/undo', '$post'>> {
  return post('/api/imports/:number/undo', { param: { number: String(number) } })
}
