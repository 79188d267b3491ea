import { incidentTypeLabels, type IncidentType } from '@minqing/data/domain/incident-type'
import { type Outcome, outcomeLabels } from '@minqing/data/domain/incident-workflow/outcome'
import {
  type PetitionForm,
  petitionFormLabels,
  type PetitionLevel,
  petitionLevelLabels,
  type SeriousEventKind,
  seriousEventLabels,
} from '@minqing/data/domain/incident-workflow/serious-event'
import { type Risk, riskLabels, type Urgency, urgencyLabels } from '@minqing/data/domain/risk'
import { useLanguage } from '../../../i18n/language.ts'
import { useMessages } from '../../../i18n/messages.ts'
import { messages } from './messages.ts'

/** The name of a code of a field. */
export function useCodeText(): (field: string, code: string) => string {
  const t = useMessages(messages)
  const language = useLanguage()
  return (field, code) => {
    switch (field) {
      case 'type':
        return incidentTypeLabels[code as IncidentType][language]
      case 'risk':
        return riskLabels[code as Risk][language]
      case 'urgency':
        return urgencyLabels[code as Urgency][language]
      case 'outcome':
        return outcomeLabels[code as Outcome][language]
      case 'kind':
        return seriousEventLabels[code as SeriousEventKind][language]
      case 'level':
        return petitionLevelLabels[code as PetitionLevel][language]
      case 'petitionForm':
        return petitionFormLabels[code as PetitionForm][language]
      default:
        return t('codes', { code })
    }
  }
}
