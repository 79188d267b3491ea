import { useMutation, useQueryClient } from '@tanstack/react-query'
import type { Answer, Input } from '../contract/api.ts'
import { post } from './fetch.ts'

export type Report = Input<'/api/incidents', '$post'>['json']
export type Registered = Answer<'/api/incidents', '$post'>
export type Progress = Answer<'/api/receipts/progress', '$post'>

/** Registers an incident. The same key makes no second one, however often the request is sent. */
export function useRegister() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: ({ report, key }: { report: Report; key: string }) => post('/api/incidents', { json: report }, key),
    onSuccess: () => client.invalidateQueries({ queryKey: ['status'] }),
  })
}

/** Another code for whoever reported a case; it is given once. */
export function useIssueReceipt(street: string, number: string) {
  return useMutation({
    mutationFn: () => post('/api/incidents/:street/:number/receipts', { param: { street, number } }),
  })
}

/** How far the case of a receipt has come. The code is sent in the body: addresses are logged. */
export function useProgress() {
  return useMutation({ mutationFn: (code: string) => post('/api/receipts/progress', { json: { code } }) })
}

export function useRate() {
  return useMutation({
    mutationFn: (json: Input<'/api/receipts/rating', '$post'>['json']) => post('/api/receipts/rating', { json }),
  })
}
