import { homeTimeZone } from '@minqing/data/domain/instant'
import type { Language } from '@minqing/data/domain/label'
import type { useTranslations } from 'use-intl'
import type { MapHandle } from '../../../map/map-inputs.ts'
import { composePoster, mapSizeOf } from './compose-poster.ts'
import type { ExportChoice, ExportedFile, ExportProgress, ExportSubject } from './export-subject.ts'
import { fileNameOf } from './file-name.ts'
import { filterWords, periodWords } from './filter-words.ts'
import { pageOf } from './poster-size.ts'

type Translate = ReturnType<typeof useTranslations<'exporting'>>
type Told = (progress: ExportProgress) => void

/** Above this tilt (degrees) the far edge's scale differs from the near one's by more than a tenth. */
const flatPitch = 10

/** `2026-11-21 14:05`, which both languages read alike. */
const moment = new Intl.DateTimeFormat('sv-SE', { timeZone: homeTimeZone, dateStyle: 'short', timeStyle: 'short' })

/** Takes the map's picture and sets it on a sheet with everything a reader needs to trust it. */
export async function exportPoster(
  map: MapHandle,
  choice: Extract<ExportChoice, { kind: 'poster' }>,
  subject: ExportSubject,
  run: { t: Translate; language: Language; now: Date; signal: AbortSignal; tell: Told },
): Promise<ExportedFile> {
  const { t, language, now, signal, tell } = run
  const page = pageOf(choice.size, {
    width: window.innerWidth,
    height: window.innerHeight,
    pixelRatio: window.devicePixelRatio,
  })
  tell({ stage: 'drawing' })
  const picture = await map.capture({ ...mapSizeOf(page), pixelRatio: page.pixelRatio, theme: choice.theme, signal })
  signal.throwIfAborted()
  tell({ stage: 'composing' })
  const { legend } = picture
  try {
    const blob = await composePoster(
      {
        title: choice.title,
        subject: [
          filterWords(subject.filter, language, t),
          t('words.total', { count: subject.count.toLocaleString(language) }),
        ].join(t('words.space')),
        mark: subject.demo ? t('mark') : null,
        picture: {
          image: picture.image,
          metresPerUnit: picture.metresPerPixel * page.pixelRatio,
          bearing: picture.bearing,
        },
        legend:
          legend === null
            ? null
            : {
                title: t(legend.mode),
                note: t(legend.mode === 'heat' ? 'heatNote' : 'hexagonNote', {
                  radius: String(Math.round(legend.radius)),
                  count: legend.cases.toLocaleString(language),
                }),
                density: legend,
              },
        north: t('north'),
        scaleNote: map.camera().pitch > flatPitch ? t('tilted') : null,
        imprint: t('imprint', {
          asOf: subject.asOf === null ? '—' : moment.format(Date.parse(subject.asOf)),
          made: moment.format(now),
          source: subject.demo ? t('demoSource') : subject.streetName,
        }),
        theme: choice.theme,
        font: getComputedStyle(document.documentElement).getPropertyValue('--font').trim() || 'sans-serif',
      },
      page,
      () => tell({ stage: 'encoding' }),
    )
    signal.throwIfAborted()
    const parts = { what: t('files.poster'), where: subject.areaName, period: periodWords(subject.filter, t) }
    return { blob, name: fileNameOf({ ...parts, extension: 'png' }) }
  } finally {
    picture.image.close()
  }
}
