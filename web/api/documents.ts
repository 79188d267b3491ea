import type { IncidentDocument } from '@minqing/data/domain/incident-document'
import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query'
import { addressOf, answerOf, get, post } from './fetch.ts'
import { uploadFile } from './upload.ts'

const ofCase = '/api/incidents/:street/:number/documents'

/** The documents of a case, those that were withdrawn among them. */
export function documentsQuery(street: string, number: string) {
  return queryOptions({
    queryKey: ['documents', street, number],
    queryFn: async ({ signal }) => (await get(ofCase, { param: { street, number } }, signal)).documents,
  })
}

/** Adds a file to a case, and reports which share of it has been sent. */
export function sendDocument(
  { street, number }: { street: string; number: string },
  file: File,
  onSent: (share: number) => void,
  signal: AbortSignal,
): Promise<IncidentDocument> {
  return uploadFile<IncidentDocument>(file, addressOf(ofCase, { param: { street, number } }), onSent, signal)
}

/** The stored bytes; that they were read is recorded. */
export async function readDocument(street: string, number: string, id: string): Promise<Blob> {
  const response = await answerOf(addressOf(`${ofCase}/:id`, { param: { street, number, id } }), '*/*')
  return response.blob()
}

export function useWithdraw(street: string, number: string, id: string) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (reason: string) =>
      post('/api/incidents/:street/:number/documents/:id/withdrawal', {
        param: { street, number, id },
        json: { reason },
      }),
    onSettled: () => client.invalidateQueries({ queryKey: ['documents', street, number] }),
  })
}
