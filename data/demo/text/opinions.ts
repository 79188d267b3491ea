import type { IncidentStatus } from '@minqing/data/domain/incident-status'
import type { Random } from '../../stats/random.ts'
import type { Traits } from '../series/life.ts'
import { anySentence } from './template.ts'

type Kind = 'dispute' | 'event' | 'alarm'

function kindOf({ type }: Traits): Kind {
  if (type === 'E10') return 'alarm'
  return type.startsWith('D') ? 'dispute' : 'event'
}

/** Who acts when an incident enters a state. */
const units: Record<Kind, { intake: string; handling: string }> = {
  dispute: {
    intake: '街道综治中心',
    handling:
      '{community}人民调解委员会|{community}人民调解委员会|{community}网格服务站|街道司法所|三所联动调解室|街道综治中心调解组',
  },
  event: {
    intake: '街道综治中心',
    handling:
      '{community}网格服务站|{community}网格服务站|街道综合执法中心|街道公共管理办公室|街道公共服务办公室|街道平安建设办公室',
  },
  alarm: { intake: '街道综治中心值班室', handling: '{community}网格服务站|微型消防站|设备运维单位' },
}

export function unitOf(status: IncidentStatus, traits: Traits, random: Random): string {
  const { intake, handling } = units[kindOf(traits)]
  if (status === '10') return traits.channel === 'iot' ? '物联感知平台' : traits.community
  const isHandler = status === '50' || status === '60' || status === '45'
  return isHandler ? anySentence(random.pick(handling.split('|')), {}, random, { community: traits.community }) : intake
}

const any: Record<Exclude<IncidentStatus, '00' | '50' | '60' | '70' | '99'>, string> = {
  '52': '{请当事人补充材料|需当事人提供票据|等待当事人确认方案}，{已电话告知。|已书面告知期限。}',
  '58': '{已转产权单位办理|已函告供电部门|已转上级主管部门}，{附转办回执。|约定回复时限。}',
  '10': '{登记上报。|已登记，提请受理。|信息完整，上报中心。|先期处置后上报。}',
  '15': '{经核查不属受理范围|已进入诉讼程序|所述地点不在辖区|反映事项无法核实}，不予受理，{已告知并说明理由。|已出具不予受理告知书。|已引导至对应渠道。}',
  '20': '{受理。|予以受理，出具受理告知书。|查重后受理，无重复件。|已受理，短信告知当事人。}',
  '30': '{立案。|经研判立案。|会商后立案。}{定性一般，按常规时限办理。|涉及多方，建议联合处置。|风险可控，由社区先行化解。|明确牵头单位与完成时限。}',
  '40': '{交办，请两小时内响应。|派发至责任单位，限时签收。|按职责派单，请及时反馈。|交由网格先行到场。|已电话通知责任单位接单。}',
  '45': '{超出本单位职责|权属不清|需产权单位认定|缺少具体点位}，{申请退回重派。|建议改派相关部门。|退回中心补充信息。}',
  '55': '{需待维修资金表决|需待产权单位立项|当事人外出，暂无法面谈|待鉴定结论|列入下季度改造计划}，{申请挂账缓办，已获批准。|经审批挂账，到期再办。}',
  '75': '{电话回访|上门回访|短信回访}：{当事人表示满意。|当事人基本满意，希望持续关注。|履行情况正常，未见反弹。|双方关系缓和。|问题未再出现。|老人表示感谢。}',
  '80': '{资料齐全，归档销号。|回访期满，归档。|闭环完成，销号。|卷宗已整理归档。}',
  '90': '{与在办件重复，合并作废。|重复上报，已关联原件。|当事人撤回，作废处理。|测试信息，作废。}',
}

const work: Record<'50' | '60' | '70', Record<Kind, string>> = {
  '50': {
    dispute:
      '已签收，{两小时内电话联系双方|上门了解情况|约双方到调解室|请律师参与研判|邀请楼栋长和老街坊一同做工作}，{双方同意调解。|先稳控情绪。|拟明日面对面调解。|分头谈话中。|已查看现场并取证。}',
    event:
      '已签收，{网格员到场核实|联系责任单位|会同执法队员到场|现场拍照取证|与当事人见面}，{正在处置。|约定明日施工。|已采取临时措施。|已下达整改通知。|需协调部门配合。}',
    alarm: '已签收，{网格员上门查看|电话联系住户|微型消防站出动}，{现场无明火。|正在核实。|住户平安。}',
  },
  '60': {
    dispute:
      '{双方达成书面协议|双方达成口头协议|经三次调解，双方握手言和|一方当场道歉，对方谅解|就赔偿数额达成一致，当场履行|双方同意各退一步|矛盾缓解，同意继续观察}，{提请核查。|已签字存档。|请中心核查。}',
    event:
      '{已清理完毕|已维修到位|隐患已消除|责任人已整改|已落实帮扶措施|已答复当事人|已恢复正常}，{前后对比照片已上传。|提请核查。|附处置照片三张。|当事人在场确认。}',
    alarm:
      '{系做饭油烟，已通风|已更换电池，设备在线|误报，已复位|住户平安，已宣传用火安全}，{提请核查。|设备恢复在线。}',
  },
  '70': {
    dispute:
      '{核查属实，化解成功，结案。|经电话核实，双方无异议，结案。|协议已履行，结案。|引导依法维权，按程序结案。}',
    event: '{现场复查合格，结案。|核查属实，予以结案。|回看照片并抽查现场，结案。|采集并结案。}',
    alarm: '{核查无异常，结案。|设备在线，结案。}',
  },
}

/** What the actor notes. */
export function opinionOf(from: IncidentStatus | null, status: IncidentStatus, traits: Traits, random: Random): string {
  if (status === '00' || status === '99') return ''
  const isRework = from === '60' && status === '50'
  if (isRework)
    return anySentence(
      '核查未通过：{现场仍有残留|一方称未履行|照片与现场不符|问题反弹}，{退回返工。|请补充处置。}',
      {},
      random,
      {},
    )
  if (from === '75' && status === '30') return '回访发现反弹，重新立案，列为重点关注。'
  const kind = kindOf(traits)
  const text = status === '50' || status === '60' || status === '70' ? work[status][kind] : any[status]
  return anySentence(text, {}, random, {})
}
