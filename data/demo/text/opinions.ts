import type { Outcome } from '../../domain/incident-workflow/outcome.ts'
import type { satisfactions, StepAction, StepContent } from '../../domain/incident-workflow/step-actions.ts'
import type { Random } from '../../stats/random.ts'
import type { Traits } from '../series/traits.ts'
import { anySentence } from './template.ts'

type Kind = 'dispute' | 'event' | 'alarm'

function kindOf({ type }: Traits): Kind {
  if (type === 'E10') return 'alarm'
  return type.startsWith('D') ? 'dispute' : 'event'
}

const units: Record<Kind, string> = {
  dispute:
    '{community}人民调解委员会|{community}人民调解委员会|{community}网格服务站|街道司法所|三所联动调解室|街道综治中心调解组',
  event:
    '{community}网格服务站|{community}网格服务站|街道综合执法中心|街道公共管理办公室|街道公共服务办公室|街道平安建设办公室',
  alarm: '{community}网格服务站|微型消防站|设备运维单位',
}

/** To which unit a case is given. */
export function unitOf(traits: Traits, random: Random): string {
  return sentenceOf(random.pick(units[kindOf(traits)].split('|')), random, traits)
}

/** To which unit of the next level a dispute goes that the first could not settle. */
export function higherUnitOf(level: 1 | 2, random: Random): string {
  return random.pick(level === 1 ? ['街道综治中心调解组', '街道司法所', '三所联动调解室'] : ['区行业性专业调解委员会'])
}

/** A body outside of the sub-district to which a matter is passed on. */
export function outsideUnitOf(random: Random): string {
  return random.pick(['区供电公司', '区水务集团', '区燃气公司', '市政养护单位', '区园林绿化中心'])
}

/** Why: what steps that need one record. */
const reasons = {
  reject: '{经核查不属受理范围|已进入诉讼程序|所述地点不在辖区|反映事项无法核实}',
  return: '{超出本单位职责|权属不清|需产权单位认定|缺少具体点位}',
  suspend: '{需待维修资金表决|需待产权单位立项|当事人外出，暂无法面谈|待鉴定结论|列入下季度改造计划}',
  extend: '{涉及多方，需继续协商|需待检测结果|施工周期较长|当事人请求延后面谈}',
  rework: '{现场仍有残留|一方称未履行|照片与现场不符|问题反弹}',
  void: '{重复上报，已关联原件|与在办件重复|当事人撤回|测试信息}',
  escalate: '{社区调解未达成一致|争议较大|涉及专业认定}，提请上一级调处',
  relapse: '{回访发现双方再起争执|回访发现问题重现}',
  reopen: '当事人对处理结果有异议，要求重新办理',
  supervise: '{已超过办结时限，请尽快办结|办理进度滞后，请说明原因|多次催促未反馈}',
  ask_reporter: '{请当事人补充材料|需当事人提供票据|等待当事人确认方案}',
} as const satisfies Partial<Record<StepAction, string>>
export type Reasoned = keyof typeof reasons

export function reasonOf(action: Reasoned, random: Random): string {
  return sentenceOf(reasons[action], random)
}

/** By the action alone. */
const said: Partial<Record<StepAction, string>> = {
  report: '{登记上报。|已登记，提请受理。|信息完整，上报中心。|先期处置后上报。}',
  reject: '{已告知并说明理由。|已出具不予受理告知书。|已引导至对应渠道。}',
  accept: '{受理。|予以受理，出具受理告知书。|查重后受理，无重复件。|已受理，短信告知当事人。}',
  close_directly: '{网格员当场处理，采集并结案。|现场已处理完毕。|已当场答复，当事人认可。}',
  classify:
    '{立案。|经研判立案。|会商后立案。}{定性一般，按常规时限办理。|涉及多方，建议联合处置。|风险可控，由社区先行化解。|明确牵头单位与完成时限。}',
  dispatch:
    '{交办，请两小时内响应。|派发至责任单位，限时签收。|按职责派单，请及时反馈。|交由网格先行到场。|已电话通知责任单位接单。}',
  sign: '{已签收。|已接单，马上到场。|已签收，安排专人办理。}',
  return: '{同意退回，重新派单。|退回中心，改派相关部门。}',
  mediate:
    '{双方同意调解。|分头谈话，先稳控情绪。|面对面调解，双方各自陈述。|请律师参与调解，讲明权利义务。|邀请楼栋长和老街坊一同做工作。}',
  escalate: '{已移交相关材料。|请上一级派员调处。}',
  join: '{召集相关单位现场联合处置。|明确牵头与配合单位。}',
  consult: '{研究处置方案，明确分工。|逐项研究，限期落实。}',
  carry_out: '{已按会商决定落实。|已完成，附现场照片。}',
  ask_reporter: '{已电话告知。|已书面告知期限。}',
  reporter_answers: '{材料已补充。|当事人已确认方案。}',
  close_unanswered: '逾期未补充，已告知可重新提出。',
  forward: '{已转产权单位办理|已函告主管单位}，{附转办回执。|约定回复时限。}',
  outside_replies: '{外单位已回复处理意见。|已到场勘查，需街道配合。}',
  outside_finishes: '{外单位已修复。|外单位已办结，附办结回执。}',
  request: '{请批准。|提请审批。}',
  suspend: '{批准挂账，到期再办。|同意缓办，纳入台账。}',
  resume: '{条件具备，恢复办理。|挂账到期，继续办理。}',
  extend: '{同意延期，请抓紧办理。|批准延期一次。}',
  rework: '{核查未通过，退回返工。|请补充处置后再提请核查。}',
  begin_follow_up: '{列入回访。|安排回访。}',
  relapse: '重新立案，列为重点关注。',
  reopen: '{同意重新办理。|经复核，重新办理。}',
  archive: '{资料齐全，归档销号。|回访期满，归档。|闭环完成，销号。|卷宗已整理归档。}',
  void: '作废处理。',
  add_party: '{登记当事人。|已核对当事人信息。}',
  agree: '{双方签订调解协议书。|协议一式三份，双方签字。}',
  perform: '{当场履行。|已按约履行，对方确认。|转账凭证已留存。}',
  breach: '到期未履行，已督促并告知可申请司法确认。',
  supervise: '{请三日内反馈。|请明确完成时间。}',
  choose_procedure: '当事人同意先行调解。',
}

const work: Record<'record' | 'finish' | 'close', Record<Kind, string>> = {
  record: {
    dispute:
      '{已电话联系双方|上门了解情况|约双方到调解室|请楼栋长介绍情况|查看现场并取证}，{双方同意调解。|先稳控情绪。|拟明日面对面调解。|分头谈话中。}',
    event:
      '{网格员到场核实|联系责任单位|会同执法队员到场|现场拍照取证|与当事人见面}，{正在处置。|约定明日施工。|已采取临时措施。|已下达整改通知。|需协调部门配合。}',
    alarm: '{网格员上门查看|电话联系住户|微型消防站出动}，{现场无明火。|正在核实。|住户平安。}',
  },
  finish: {
    dispute: '{处理完毕|已给出处理意见}，{提请核查。|请中心核查。}',
    event:
      '{已清理完毕|已维修到位|隐患已消除|责任人已整改|已落实帮扶措施|已答复当事人|已恢复正常}，{前后对比照片已上传。|提请核查。|附处置照片三张。|当事人在场确认。}',
    alarm:
      '{系做饭油烟，已通风|已更换电池，设备在线|误报，已复位|住户平安，已宣传用火安全}，{提请核查。|设备恢复在线。}',
  },
  close: {
    dispute: '{核查属实，结案。|经电话核实，双方无异议，结案。|按程序结案。}',
    event: '{现场复查合格，结案。|核查属实，予以结案。|回看照片并抽查现场，结案。}',
    alarm: '{核查无异常，结案。|设备在线，结案。}',
  },
}

/** How a dispute was finished. */
const ended: Record<Outcome, string> = {
  written: '{双方达成书面协议|就赔偿数额达成一致|双方同意各退一步，签订协议}，{提请核查。|已签字存档。}',
  oral: '{双方达成口头协议|经三次调解，双方握手言和|一方当场道歉，对方谅解}，{提请核查。|请中心核查。}',
  eased: '{矛盾缓解，同意继续观察|双方情绪平稳，暂不再争执}，{提请核查。|列入回访。}',
  failed: '{经三次调解未达成一致|双方分歧较大，调解不成}，{已告知其他救济途径。|提请核查。}',
  withdrawn: '当事人撤回申请，{不再追究。|双方自行和解。}',
  to_arbitration: '{引导申请劳动仲裁|引导申请仲裁}，{已出具材料清单。|已联系法律援助。}',
  to_litigation: '引导向人民法院起诉，{已联系法律援助。|已告知诉讼风险。}',
  to_admin: '引导向主管部门申请处理，{已告知受理窗口。|已协助递交材料。}',
  settled: '{已处理完毕|已办结}，提请核查。',
}

const visited: Record<(typeof satisfactions)[number], string> = {
  satisfied:
    '{电话回访|上门回访}：{当事人表示满意。|履行情况正常，未见反弹。|双方关系缓和。|问题未再出现。|老人表示感谢。}',
  fair: '{电话回访|上门回访}：当事人基本满意，希望持续关注。',
  dissatisfied: '{电话回访|上门回访}：当事人认为{处理时间偏长|效果不够彻底}，已作解释。',
  unreached: '{电话未接通|上门无人}，改日再访。',
}

/** What the actor notes. */
export function opinionOf(content: StepContent, traits: Traits, random: Random): string {
  const kind = kindOf(traits)
  const { action } = content
  if (action === 'record' || action === 'close') return sentenceOf(work[action][kind], random)
  if (action === 'visit') return sentenceOf(visited[content.satisfaction], random)
  if (action !== 'finish') return sentenceOf(said[action] ?? '', random)
  const { outcome } = content
  return sentenceOf(kind === 'dispute' && outcome !== undefined ? ended[outcome] : work.finish[kind], random)
}

function sentenceOf(text: string, random: Random, { community }: Partial<Traits> = {}): string {
  return anySentence(text, {}, random, community === undefined ? {} : { community })
}
