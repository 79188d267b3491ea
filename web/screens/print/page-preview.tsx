import type { PageSetup } from '@minqing/data/domain/page-setup'
import { useEffect, useRef, useState, type RefObject } from 'react'
import { useLanguage } from '../../i18n/language.ts'
import { useMessages } from '../../i18n/messages.ts'
import type { MapHandle, MapLegend } from '../../map/map-inputs.ts'
import { cssPixels } from './drawing.ts'
import { mapFrame, type PageContent } from './layout.ts'
import { messages } from './messages.ts'
import { contentOf } from './page-content.ts'
import { canvasMeasure, loadPageFont } from './paint-canvas.ts'
import { drawingOf, preparePage, textsOf, type PreparedPage } from './print-map.ts'
import styles from './print-form.module.css'
import type { PrintSubject } from './print-subject.ts'
import { paintPage, pixelsOf, snapshot } from './raster.ts'

/** Device pixels of a CSS pixel of the page: enough for a page that fills half a screen. */
const pixelRatio = 1.5

type Props = { map: RefObject<MapHandle | null>; setup: PageSetup; subject: PrintSubject }

/**
 * The page as it will be printed: the same content, laid out by the same function around a coarser picture of the map.
 * The picture is taken again only when the page leaves another size for it.
 */
export function PagePreview({ map, setup, subject }: Props) {
  const t = useMessages(messages)
  const canvas = useRef<HTMLCanvasElement>(null)
  const { content, taken, error } = usePreparedPage({ map, setup, subject })

  useEffect(() => {
    if (taken === null || canvas.current === null || content === null) return
    const drawing = drawingOf({ ...taken.page, content: { ...content, legends: taken.page.content.legends } })
    const { width, height } = pixelsOf(drawing, 96 * pixelRatio)
    canvas.current.width = width
    canvas.current.height = height
    paintPage(canvas.current, drawing, taken.image)
  }, [taken, content])

  const reason = error instanceof Error ? error.message : String(error)
  return (
    <figure className={styles.preview}>
      <canvas ref={canvas} role="img" aria-label={t('preview')} hidden={taken === null} />
      {taken === null ? <p role="status">{error === null ? t('previewing') : t('previewFailed', { reason })}</p> : null}
    </figure>
  )
}

/** The content of the page, and the picture of its map once that has been taken. */
function usePreparedPage({ map, setup, subject }: Props) {
  const t = useMessages(messages)
  const language = useLanguage()
  const [now] = useState(() => new Date())
  const [legends, setLegends] = useState<readonly MapLegend[] | null>(null)
  const [taken, setTaken] = useState<{ page: PreparedPage; image: OffscreenCanvas } | null>(null)
  const [error, setError] = useState<unknown>(null)
  useEffect(() => {
    map.current?.legends().then(setLegends, setError)
  }, [map])

  const content = legends === null ? null : contentOf(setup, subject, legends, { t, language, now })
  const isReady = useFontFor(content)
  const frame = content === null || !isReady ? null : mapFrame(content, canvasMeasure())
  const size = frame === null ? null : `${cssPixels(frame.width)} ${cssPixels(frame.height)}`
  const { theme } = setup
  const latest = useRef({ setup, subject })
  useEffect(() => {
    latest.current = { setup, subject }
  })

  useEffect(() => {
    if (size === null || map.current === null) return undefined
    const controller = new AbortController()
    const run = { t, language, signal: controller.signal }
    const { current } = latest
    const preparing = preparePage(map.current, { ...current.setup, theme }, current.subject, pixelRatio, run, now)
    const take = async () => {
      try {
        const page = await preparing
        if (!controller.signal.aborted) setTaken({ page, image: snapshot(page.picture) })
      } catch (reason) {
        if (!controller.signal.aborted) setError(reason)
      }
    }
    void take()
    return () => {
      controller.abort()
      setTaken(null)
      preparing.then(
        ({ picture }) => picture.close(),
        () => undefined,
      )
    }
  }, [size, theme, map, t, language, now])

  return { content, taken, error }
}

/** Loads the characters that a page needs; renders again when they have come. */
function useFontFor(content: PageContent | null): boolean {
  const characters = content === null ? null : [...new Set(textsOf(content).join(''))].toSorted().join('')
  const [loaded, setLoaded] = useState<string | null>(null)
  useEffect(() => {
    if (characters === null) return undefined
    let isCurrent = true
    const load = async () => {
      await loadPageFont([characters])
      if (isCurrent) setLoaded(characters)
    }
    void load()
    return () => {
      isCurrent = false
    }
  }, [characters])
  return loaded !== null
}
