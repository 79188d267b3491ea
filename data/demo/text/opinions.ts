import type { IncidentStatus } from '@minqing/data/domain/incident-status'
import type { Random } from '../random.ts'
import type { Traits } from '../series/life.ts'

export function unitOf(status: IncidentStatus, { community }: Traits, random: Random): string {
  if (status === '50' || status === '60')
    return random.pick([
      `${community}网格服务站`,
      `${community}人民调解委员会`,
      '街道平安建设办公室',
      '街道综合执法中心',
    ])
  return '街道综治中心'
}

export function opinionOf(
  _from: IncidentStatus | null,
  status: IncidentStatus,
  _traits: Traits,
  _random: Random,
): string {
  return {
    '00': '',
    '10': '登记上报',
    '15': '不予受理',
    '20': '受理',
    '30': '立案研判',
    '40': '交办',
    '45': '退回',
    '50': '签收处置',
    '55': '挂账缓办',
    '60': '处置完毕，待核查',
    '70': '核查属实，予以结案',
    '75': '开展回访',
    '80': '归档',
    '90': '重复，作废',
  }[status]
}
