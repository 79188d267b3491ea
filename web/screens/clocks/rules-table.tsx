import { ruleKey } from '@minqing/data/domain/incident-workflow/clock-settings'
import {
  clockBases,
  clockModes,
  type ClockNode,
  clockNodeLabels,
  clockNodes,
  type ClockRule,
  clockUnits,
} from '@minqing/data/domain/incident-workflow/clocks'
import { isSameRule } from '@minqing/data/domain/incident-workflow/settings-changes'
import { isFixedNode, ruleName } from '@minqing/data/domain/incident-workflow/settings-faults'
import { type EventCategory, eventCategories, eventCategoryLabels } from '@minqing/data/domain/incident-type'
import { type Urgency, urgencies, urgencyLabels } from '@minqing/data/domain/risk'
import { useId } from 'react'
import { useLanguage } from '../../i18n/language.ts'
import { useMessages } from '../../i18n/messages.ts'
import { Button } from '../../ui/button.tsx'
import { Section } from '../../ui/section.tsx'
import { TableFrame } from '../../ui/table-frame.tsx'
import styles from './clocks.module.css'
import { messages } from './messages.ts'
import { limitText } from './texts.ts'
import type { Draft, DraftRule } from './use-draft.ts'

type Props = { draft: Draft; defaults: readonly ClockRule[]; disabled: boolean }

/** The time limits by stage; each cell is edited where it stands. */
export function RulesTable(props: Props) {
  const t = useMessages(messages)
  const heads = ['category', 'urgency', 'amount', 'unit', 'basis', 'state', 'actions'] as const
  return (
    <Section title={t('limits')} text={t('limitsText')}>
      <TableFrame className={styles.frame} name={t('limits')}>
        <table className={styles.rules}>
          <thead>
            <tr>
              {heads.map((head) => (
                <th key={head} scope="col">
                  {t(head)}
                </th>
              ))}
            </tr>
          </thead>
          {clockNodes
            .filter((node) => !isFixedNode(node))
            .map((node) => (
              <Stage key={node} node={node} {...props} />
            ))}
        </table>
      </TableFrame>
    </Section>
  )
}

/** Rows of one stage, and its default ones that have been removed. */
function Stage({ node, draft, defaults, disabled }: Props & { node: ClockNode }) {
  const t = useMessages(messages)
  const language = useLanguage()
  const label = clockNodeLabels[node][language]
  const rows = draft.rules.filter((rule) => rule.node === node)
  const keys = new Set(rows.map(ruleKey))
  const gone = defaults.filter((rule) => rule.node === node && !keys.has(ruleKey(rule)))
  const add = () => draft.addRule({ ...newRule(node, keys), amount: rows[0]?.amount ?? 1 })
  return (
    <tbody>
      <tr className={styles.stage}>
        <th scope="rowgroup" colSpan={6}>
          {label}
          {node === 'outside' && rows.length === 0 && <small>{t('outside')}</small>}
        </th>
        <td>
          <Button kind="bare" label={t('addTo', { node: label })} disabled={disabled} onPress={add}>
            {t('add')}
          </Button>
        </td>
      </tr>
      {rows.map((rule) => (
        <Row key={rule.id} rule={rule} draft={draft} defaults={defaults} disabled={disabled} />
      ))}
      {gone.map((rule) => (
        <tr key={ruleKey(rule)} className={styles.gone}>
          <td colSpan={6}>{t('removed', { name: ruleName(rule)[language], limit: limitText(t, rule) })}</td>
          <td>
            <Button
              kind="bare"
              label={t('restoreOf', { name: ruleName(rule)[language] })}
              disabled={disabled}
              onPress={() => draft.addRule(rule)}
            >
              {t('restore')}
            </Button>
          </td>
        </tr>
      ))}
    </tbody>
  )
}

/** For cases that have no time limit of their own in the stage yet; for all where there is none at all. */
function newRule(node: ClockNode, keys: ReadonlySet<string>): ClockRule {
  const plain = { node, amount: 1, unit: 'day', basis: 'natural', mode: 'single' } as const
  const free = [null, ...eventCategories].find((category) => !keys.has(ruleKey({ node, category, urgency: null })))
  return { ...plain, category: free ?? null, urgency: null }
}

function Row({ rule, draft, defaults, disabled }: Props & { rule: DraftRule }) {
  const t = useMessages(messages)
  const language = useLanguage()
  const id = useId()
  const name = ruleName(rule)[language]
  const of = (field: 'category' | 'urgency' | 'amount' | 'unit' | 'basis' | 'mode') =>
    t('of', { name, field: t(field) })
  const index = draft.rules.indexOf(rule)
  const fault = draft.faults.find(({ at }) => at === `rules.${index}`)
  const standard = defaults.find((one) => ruleKey(one) === ruleKey(rule))
  const isStandard = standard !== undefined && isSameRule(standard, rule)
  const set = (change: Partial<ClockRule>) => draft.setRule(rule.id, change)
  return (
    <>
      <tr data-own={!isStandard || undefined}>
        <td>
          <select
            aria-label={of('category')}
            value={rule.category ?? ''}
            disabled={disabled}
            onChange={({ target }) => set({ category: target.value === '' ? null : (target.value as EventCategory) })}
          >
            <option value="">{t('any')}</option>
            {eventCategories.map((code) => (
              <option key={code} value={code}>
                {eventCategoryLabels[code][language]}
              </option>
            ))}
          </select>
        </td>
        <td>
          <select
            aria-label={of('urgency')}
            value={rule.urgency ?? ''}
            disabled={disabled}
            onChange={({ target }) => set({ urgency: target.value === '' ? null : (target.value as Urgency) })}
          >
            <option value="">{t('any')}</option>
            {urgencies.map((code) => (
              <option key={code} value={code}>
                {urgencyLabels[code][language]}
              </option>
            ))}
          </select>
        </td>
        <td>
          <input
            type="number"
            className={styles.amount}
            aria-label={of('amount')}
            aria-invalid={fault !== undefined || undefined}
            aria-describedby={fault === undefined ? undefined : id}
            min={1}
            max={9999}
            step={1}
            value={rule.amount === 0 ? '' : rule.amount}
            disabled={disabled}
            onChange={({ target }) =>
              set({ amount: Math.min(Math.max(Math.trunc(target.valueAsNumber) || 0, 0), 9999) })
            }
          />
        </td>
        <td>
          <select
            aria-label={of('unit')}
            value={rule.unit}
            disabled={disabled}
            onChange={({ target }) => set({ unit: target.value as ClockRule['unit'] })}
          >
            {clockUnits.map((unit) => (
              <option key={unit} value={unit}>
                {t(unit)}
              </option>
            ))}
          </select>
        </td>
        <td className={styles.basis}>
          <select
            aria-label={of('basis')}
            value={rule.basis}
            disabled={disabled}
            onChange={({ target }) => set({ basis: target.value as ClockRule['basis'] })}
          >
            {clockBases.map((basis) => (
              <option key={basis} value={basis}>
                {t(basis)}
              </option>
            ))}
          </select>
          {rule.node === 'handle' && (
            <select
              aria-label={of('mode')}
              value={rule.mode}
              disabled={disabled}
              onChange={({ target }) => set({ mode: target.value as ClockRule['mode'] })}
            >
              {clockModes.map((mode) => (
                <option key={mode} value={mode}>
                  {t(mode)}
                </option>
              ))}
            </select>
          )}
        </td>
        <td className={styles.state}>
          {isStandard ? (
            <span className={styles.quiet}>{t('same')}</span>
          ) : (
            <strong>{standard === undefined ? t('own') : t('changed', { limit: limitText(t, standard) })}</strong>
          )}
        </td>
        <td className={styles.actions}>
          {!isStandard && standard !== undefined && (
            <Button kind="bare" label={t('resetOf', { name })} disabled={disabled} onPress={() => set(standard)}>
              {t('reset')}
            </Button>
          )}
          <Button
            kind="bare"
            label={t('removeOf', { name })}
            disabled={disabled}
            onPress={() => draft.removeRule(rule.id)}
          >
            {t('remove')}
          </Button>
        </td>
      </tr>
      {fault !== undefined && (
        <tr className={styles.fault}>
          <td colSpan={7} id={id}>
            {fault.problem[language]}
            {language === 'zh' ? '。' : '. '}
            {fault.remedy[language]}
          </td>
        </tr>
      )}
    </>
  )
}
