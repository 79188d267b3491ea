import { lazy, Suspense, useState } from 'react'
import { defineMessages, useMessages } from '../../../i18n/messages.ts'
import { Button } from '../../../ui/button.tsx'
import { Icon } from '../../../ui/icon.tsx'
import { usePlace } from '../map-page.ts'

const ExportDialog = lazy(async () => ({ default: (await import('./export-dialog.tsx')).ExportDialog }))

// The dialog's own messages are loaded with it.
const messages = defineMessages({ zh: { open: '导出' }, en: { open: 'Export' } })

/** Opens the export dialog, whose code is loaded on first use. */
export function ExportButton({ small }: { small: boolean }) {
  const t = useMessages(messages)
  const { street } = usePlace()
  const [open, setOpen] = useState(false)
  const label = small ? { label: t('open') } : {}
  return (
    <>
      <Button kind={small ? 'icon' : 'plain'} {...label} disabled={street === undefined} onPress={() => setOpen(true)}>
        <Icon name="download" />
        {small ? null : t('open')}
      </Button>
      {open ? (
        <Suspense>
          <ExportDialog onClose={() => setOpen(false)} />
        </Suspense>
      ) : null}
    </>
  )
}
