import { defineMessages } from '../../i18n/messages.ts'

/** Of the methods that read positions, apart from those that the map page loads as well. */
export const pointMessages = defineMessages({
  zh: {
    clustering: '聚类方法',
    clusteringHint: 'DBSCAN 用同一个半径，能检验是否比偶然情况更集中；HDBSCAN 适应疏密不同的地方，但不作检验。',
    minPoints: '最少事件数',
    bandwidth: '带宽（米）',
    band: '距离分段（米）',
    densitySummary:
      '{incidents, number} 件事件；最密处每公顷超过 {peak} 件。{tested, select, none {} other {{hot, plural, =0 {检验过的地方没有一处比偶然情况更密。} other {有 {hot, number} 处比偶然情况更密。}}}}',
    densityNone:
      '{tested, select, part {检验过的地方密度高低与对照人口一致。} other {密度高低与对照人口一致：没有一处的事件比偶然情况更密。}}',
    densityUntested:
      '事件太少，无法检验：各处预期都不到 1 件，不能说是否比偶然情况更密。可选择较长的时间，或增大带宽。',
    densityPartly: '只检验了 {share} 的地面：其余地方预期不到 1 件，无法检验。',
    densityLegend: '密度超出偶然的地方',
    densityNote: '显著程度：已考虑全区各处同时检验',
    summary:
      '{units, number} 个聚集区，含 {inside, number} 件；另有 {outside, number} 件零散分布。{tested, select, yes {其中 {hot, number} 个比偶然情况更集中。} other {未检验是否出于偶然。}}',
    none: '没有聚集区：事件零散分布。可增大半径或减少最少事件数后再试。',
    noneSignificant: '检验过的聚集区都不显著：这样的聚集在偶然情况下也会出现。',
    untested: '未检验',
    untestedNotice: 'HDBSCAN 不检验显著性：这些聚集区可能出于偶然。需要检验时请改用 DBSCAN。',
    withoutHouseholds: '{untested, number} 个聚集区附近没有户数，未检验：不能说是否比偶然情况更集中。',
    mapNote: '{incidents, number} 件事件',
    nearRepeatSummary: '{incidents, number} 件事件，两两比较相距的距离和相隔的天数。',
    legend: '聚集区',
    legendNote: '显著程度：已考虑所有聚集区同时检验',
    legendUntested: '未检验是否出于偶然',
    hot: '显著 {level}%',
    notSignificant: '不显著',
    notSignificantOrUntested: '不显著或未检验',
  },
  en: {
    clustering: 'Clustering',
    clusteringHint:
      'DBSCAN has one radius and can be tested against chance; HDBSCAN adapts to dense and sparse places, and is not tested.',
    minPoints: 'Fewest incidents',
    bandwidth: 'Bandwidth (m)',
    band: 'Bands of distance (m)',
    densitySummary:
      '{incidents, number} incidents; more than {peak} per hectare at the densest place. {tested, select, none {} other {{hot, plural, =0 {Nowhere that was tested are they denser than chance explains.} one {# place is denser than chance explains.} other {# places are denser than chance explains.}}}}',
    densityNone:
      '{tested, select, part {Where it was tested, density follows the population.} other {Density follows the population: nowhere is it more than chance.}}',
    densityUntested:
      'Too few incidents to test: less than one is expected anywhere, so that whether they are denser than by chance cannot be told. Choose a longer period or a wider bandwidth.',
    densityPartly: 'Only {share} of the ground was tested: elsewhere less than one incident is expected.',
    densityLegend: 'Denser than chance explains',
    densityNote: 'Significance; all places are one test',
    summary:
      '{units, number} clusters with {inside, number} incidents; {outside, number} more are scattered. {tested, select, yes {{hot, number} of them are more than chance.} other {Whether they are chance was not tested.}}',
    none: 'There is no cluster: incidents are scattered. Try a larger radius or fewer incidents.',
    noneSignificant: 'No cluster that was tested is significant: chance makes such clusters too.',
    untested: 'Not tested',
    untestedNotice: 'HDBSCAN is not tested: these clusters may be chance. Choose DBSCAN for a test.',
    withoutHouseholds:
      '{untested, plural, one {# cluster has} other {# clusters have}} no households nearby and {untested, plural, one {was} other {were}} not tested: whether chance explains {untested, plural, one {it} other {them}} cannot be told.',
    mapNote: '{incidents, number} incidents',
    nearRepeatSummary: '{incidents, number} incidents, in pairs by distance and days between them.',
    legend: 'Clusters',
    legendNote: 'Significance; all clusters are one test',
    legendUntested: 'Not tested against chance',
    hot: 'Significant {level}%',
    notSignificant: 'Not significant',
    notSignificantOrUntested: 'Not significant, or not tested',
  },
})
