import type { ImageKind } from './identify-document.ts'

/** The one order to the process that writes images again; the bytes follow in a frame of their own. */
export type ImageOrder = { kind: ImageKind }

/** Its one answer; the bytes of a cleaned image follow in a frame of their own. */
export type ImageAnswer =
  | { kind: 'cleaned'; type: 'image/jpeg' | 'image/png'; width: number; height: number }
  | { kind: 'refused'; why: 'pixels'; width: number; height: number }
  | { kind: 'refused'; why: 'damaged' }
