import {
  actorKindLabel,
  auditActionLabel,
  auditActions,
  auditObjectLabel,
  auditObjects,
  auditResultLabels,
  auditResults,
  noStreetCode,
} from '@minqing/data/domain/audit'
import { homeDay } from '@minqing/data/domain/instant'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { auditActorsQuery, auditExportPath, auditFormats, type AuditSearch } from '../../api/audit.ts'
import { receiveFile, saveFile } from '../../api/download.ts'
import { useMay } from '../../api/session.ts'
import { statusQuery } from '../../api/status.ts'
import { useLanguage } from '../../i18n/language.ts'
import { useMessages } from '../../i18n/messages.ts'
import { Button } from '../../ui/button.tsx'
import { Notice } from '../../ui/notice.tsx'
import { SelectField } from '../../ui/select-field.tsx'
import { TextField } from '../../ui/text-field.tsx'
import { useErrorText } from '../../ui/use-error-text.ts'
import { type AuditFilter, type ChangeFilter, noFilter } from './audit-filter.ts'
import styles from './audit-screen.module.css'
import { messages } from './messages.ts'

/** Which rows are shown and exported. */
export function Filters({
  filter,
  change,
  search,
}: {
  filter: AuditFilter
  change: ChangeFilter
  search: AuditSearch
}) {
  const t = useMessages(messages)
  const language = useLanguage()
  const { data: actors = [] } = useQuery(auditActorsQuery(search))
  const { data: streets = [] } = useQuery({ ...statusQuery(), select: (status) => status.streets })
  const mayExport = useMay('export', 'audit')
  const choose = (name: keyof AuditFilter) => (value: string) => change({ [name]: value === '' ? null : value })
  const who = actors.map(({ id, kind, name }) => ({
    value: id,
    label: `${name === '' ? id : name} · ${actorKindLabel(kind)[language]}`,
  }))
  // Also one who did nothing in the period.
  const isListed = filter.actor === null || who.some(({ value }) => value === filter.actor)
  const isFiltered = Object.values(filter).some((value) => value !== null)
  const all = t('all')
  return (
    <section className={styles.section} aria-label={t('filters')}>
      <div className={styles.fields}>
        <TextField name={t('from')} type="date" value={filter.from ?? ''} onText={choose('from')} />
        <TextField name={t('to')} type="date" value={filter.to ?? ''} onText={choose('to')} />
        <SelectField
          name={t('who')}
          value={filter.actor ?? ''}
          all={all}
          options={isListed ? who : [...who, { value: filter.actor ?? '', label: filter.actor ?? '' }]}
          onChoose={choose('actor')}
        />
        <SelectField
          name={t('action')}
          value={filter.action ?? ''}
          all={all}
          options={auditActions.map((value) => ({ value, label: auditActionLabel(value)[language] }))}
          onChoose={choose('action')}
        />
        <SelectField
          name={t('object')}
          value={filter.object ?? ''}
          all={all}
          options={auditObjects.map((value) => ({ value, label: auditObjectLabel(value)[language] }))}
          onChoose={choose('object')}
        />
        <SelectField
          name={t('result')}
          value={filter.result ?? ''}
          all={all}
          options={auditResults.map((value) => ({ value, label: auditResultLabels[value][language] }))}
          onChoose={choose('result')}
        />
        <SelectField
          name={t('street')}
          value={filter.street ?? ''}
          all={all}
          options={[
            ...streets.map(({ code, name }) => ({ value: code, label: name })),
            { value: noStreetCode, label: t('noStreet') },
          ]}
          onChoose={choose('street')}
        />
      </div>
      <div className={styles.actions}>
        <Button kind="bare" disabled={!isFiltered} onPress={() => change(noFilter)}>
          {t('clear')}
        </Button>
        {mayExport && <Exports search={search} />}
      </div>
    </section>
  )
}

function Exports({ search }: { search: AuditSearch }) {
  const t = useMessages(messages)
  const language = useLanguage()
  const errorText = useErrorText()
  const client = useQueryClient()
  const exporting = useMutation({
    mutationFn: async (format: (typeof auditFormats)[number]) => {
      const blob = await receiveFile(auditExportPath(search, format, language), new AbortController().signal)
      saveFile(blob, `${t('file', { day: homeDay(new Date()).replaceAll('-', '') })}.${format}`)
    },
    // It is recorded itself.
    onSuccess: () => client.invalidateQueries({ queryKey: ['audit'] }),
  })
  return (
    <>
      <output className={styles.quiet}>
        {exporting.isPending ? t('exporting') : exporting.isSuccess ? t('exported') : ''}
      </output>
      {auditFormats.map((format) => (
        <Button key={format} disabled={exporting.isPending} onPress={() => exporting.mutate(format)}>
          {t(format === 'csv' ? 'exportCsv' : 'exportJson')}
        </Button>
      ))}
      {exporting.error !== null && (
        <Notice tone="danger" title={t('notExported')}>
          {errorText(exporting.error)}
        </Notice>
      )}
    </>
  )
}
