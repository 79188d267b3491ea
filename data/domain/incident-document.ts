import { z } from 'zod'
import { Instant } from './instant.ts'
import type { Label } from './label.ts'

/** What a document may be: an image as it is stored, or a PDF. */
export const documentTypes = ['image/jpeg', 'image/png', 'application/pdf'] as const
export const DocumentType = z.enum(documentTypes)
export type DocumentType = z.output<typeof DocumentType>
export const documentTypeLabels: Record<DocumentType, Label> = {
  'image/jpeg': { zh: '图片', en: 'Image' },
  'image/png': { zh: '图片', en: 'Image' },
  'application/pdf': { zh: 'PDF', en: 'PDF' },
}

/** Limits of the documents of one case. */
export const documentLimits = {
  /** Bytes of a file as it is sent. */
  file: 20_000_000,
  /** Documents of a case that have not been withdrawn. */
  files: 50,
  /** Bytes of them together, as they are stored. */
  total: 300_000_000,
  /** Pixels of an image as it is sent: those of a telephone have up to fifty million. */
  pixels: 64_000_000,
  /** Pixels of the longer side of an image as it is stored. */
  side: 4096,
} as const

/** A photograph, scan or PDF of a case. */
export const IncidentDocument = z.object({
  id: z.string(),
  /** As the person who added it called the file; it may name people. */
  name: z.string(),
  type: DocumentType,
  /** Bytes as they are stored. */
  size: z.int(),
  /** Pixels; null for a PDF. */
  width: z.int().nullable(),
  height: z.int().nullable(),
  /** Of the stored bytes, in hexadecimal. */
  sha256: z.string(),
  addedAt: Instant,
  addedByRole: z.string(),
  /** Null while it can be read. */
  withdrawn: z.object({ at: Instant, byRole: z.string(), reason: z.string() }).nullable(),
})
export type IncidentDocument = z.output<typeof IncidentDocument>

/** Why a document is withdrawn. */
export const Withdrawal = z.strictObject({ reason: z.string().trim().min(2).max(200) })
