import type { PageSetup } from '@minqing/data/domain/page-setup'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { printTemplatesQuery, useRemoveTemplate, useSaveTemplate } from '../../api/print-templates.ts'
import { useMay } from '../../api/session.ts'
import { defineMessages, useMessages } from '../../i18n/messages.ts'
import { Button } from '../../ui/button.tsx'
import { useErrorText } from '../../ui/use-error-text.ts'
import { SelectOne, TextLine } from './choices.tsx'
import styles from './print-form.module.css'

const messages = defineMessages({
  zh: {
    template: '模板',
    none: '不使用模板',
    name: '模板名称',
    save: '存为模板',
    remove: '删除模板',
    saved: '已保存模板“{name}”。',
    removed: '已删除模板。',
    failed: '模板未保存：{reason}',
  },
  en: {
    template: 'Template',
    none: 'No template',
    name: 'Name of the template',
    save: 'Save as template',
    remove: 'Remove template',
    saved: 'Saved the template “{name}”.',
    removed: 'Removed the template.',
    failed: 'The template was not saved: {reason}',
  },
})

type Props = { street: string; setup: PageSetup; use: (setup: PageSetup) => void }

/** The street's page setups: to use one, and for who may, to save the present one under a name. */
export function Templates({ street, setup, use }: Props) {
  const t = useMessages(messages)
  const mayRead = useMay('read', 'print_template')
  const maySave = useMay('create', 'print_template')
  const { data: templates = [] } = useQuery({ ...printTemplatesQuery(street), enabled: mayRead })
  const [chosen, setChosen] = useState('')
  if (templates.length === 0 && !maySave) return null
  return (
    <>
      {templates.length === 0 ? null : (
        <SelectOne
          label={t('template')}
          values={['', ...templates.map(({ id }) => id)]}
          value={chosen}
          name={(id) => templates.find((template) => template.id === id)?.name ?? t('none')}
          onChange={(id) => {
            setChosen(id)
            const template = templates.find((candidate) => candidate.id === id)
            if (template !== undefined) use(template.setup)
          }}
        />
      )}
      {maySave ? (
        <TemplateActions
          street={street}
          setup={setup}
          chosen={templates.find(({ id }) => id === chosen)}
          onRemoved={() => setChosen('')}
        />
      ) : null}
    </>
  )
}

/** Saves under a name, and removes the one that is in use. */
function TemplateActions({
  street,
  setup,
  chosen,
  onRemoved,
}: {
  street: string
  setup: PageSetup
  chosen: { id: string; name: string } | undefined
  onRemoved: () => void
}) {
  const t = useMessages(messages)
  const errorText = useErrorText()
  const save = useSaveTemplate(street)
  const removal = useRemoveTemplate(street)
  const [typed, setTyped] = useState('')
  const name = typed.trim() === '' ? (chosen?.name ?? '') : typed.trim()
  const error = save.error ?? removal.error
  const said = save.isSuccess ? t('saved', { name: save.variables.name }) : removal.isSuccess ? t('removed') : ''
  return (
    <>
      <TextLine label={t('name')} value={typed} most={40} onChange={setTyped} />
      <div className={styles.choices}>
        <Button
          disabled={name === '' || save.isPending}
          onPress={() => {
            removal.reset()
            save.mutate({ name, setup })
          }}
        >
          {t('save')}
        </Button>
        {chosen === undefined ? null : (
          <Button
            disabled={removal.isPending}
            onPress={() => {
              save.reset()
              removal.mutate(chosen.id, { onSuccess: onRemoved })
            }}
          >
            {t('remove')}
          </Button>
        )}
      </div>
      <p role="status" className={styles.state} data-state={error === null ? 'done' : 'failed'}>
        {error === null ? said : t('failed', { reason: errorText(error) })}
      </p>
    </>
  )
}
