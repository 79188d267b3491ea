import type { PageSetup } from '@minqing/data/domain/page-setup'
import { homeTimeZone } from '@minqing/data/domain/instant'
import type { Language } from '@minqing/data/domain/label'
import type { MapLegend } from '../../map/map-inputs.ts'
import { translatorFor } from '../../i18n/messages.ts'
import { basicMessages } from '../../ui/basic-messages.ts'
import { unknown } from '../../ui/use-formats.ts'
import type { PageContent } from './layout.ts'
import type { PrintTranslator } from './messages.ts'
import type { PrintSubject } from './print-subject.ts'

/** `2026-11-21 14:05` in both languages. */
const dateTime = new Intl.DateTimeFormat('sv-SE', { timeZone: homeTimeZone, dateStyle: 'short', timeStyle: 'short' })

/** What a page says, from what the screen knows and what was chosen. */
export function contentOf(
  setup: PageSetup,
  subject: PrintSubject & { title: string },
  legends: readonly MapLegend[],
  { t, language, now }: { t: PrintTranslator; language: Language; now: Date },
): PageContent {
  const imprint = [
    t('asOf', { time: subject.asOf === null ? unknown : dateTime.format(Date.parse(subject.asOf)) }),
    t('made', { time: dateTime.format(now) }),
    ...(setup.author === '' ? [] : [t('author', { author: setup.author })]),
    t('source', { source: subject.demo ? t('demoSource') : subject.streetName }),
    t('product'),
  ]
  return {
    setup,
    legends,
    texts: {
      title: subject.title,
      subject: subject.subject,
      marks: [
        ...(setup.internal ? [t('internal')] : []),
        ...(subject.demo ? [translatorFor(basicMessages, language)('demo')] : []),
      ],
      method: subject.method === '' ? '' : t('method', { method: subject.method }),
      notes: setup.notes === '' ? '' : t('notes', { notes: setup.notes }),
      imprint: imprint.join(t('between')),
      approval: setup.approval === '' ? '' : t('approval', { number: setup.approval }),
      north: t('north'),
      scale: t('scale'),
      tilted: t('tilted'),
    },
  }
}
