import type { AccessObject, Action, FieldAccess, GuardedField, GuardedObject } from './access.ts'
import type { Label } from './label.ts'

export const actionLabels: Record<Action, Label> = {
  read: { zh: '查看', en: 'read' },
  count: { zh: '统计', en: 'count' },
  search: { zh: '搜索', en: 'search' },
  export: { zh: '导出', en: 'export' },
  create: { zh: '新建', en: 'create' },
  change: { zh: '修改', en: 'change' },
  remove: { zh: '移除', en: 'remove' },
  undo: { zh: '撤销', en: 'undo' },
  reveal: { zh: '明文查看', en: 'unmask' },
  pair: { zh: '配对', en: 'pair' },
  switch: { zh: '切换', en: 'switch' },
  verify: { zh: '核验', en: 'verify' },
}

/** `about`: what belongs to it. */
export const objectLabels: Record<AccessObject, Label & { about: Label }> = {
  service: {
    zh: '系统说明',
    en: 'descriptions of the service',
    about: { zh: '接口说明、数据状态与更新时间', en: 'descriptions of the API, and how fresh the data are' },
  },
  map: { zh: '底图', en: 'base map', about: { zh: '道路、水系、绿地、地名', en: 'roads, water, green space, names' } },
  area: {
    zh: '区域',
    en: 'areas',
    about: {
      zh: '街道、社区、网格的范围；统计包括户数、人口与年龄结构',
      en: 'outlines of sub-districts, communities and grids; counts include households, residents and ages',
    },
  },
  contact: {
    zh: '工作人员联系方式',
    en: 'contacts of staff',
    about: {
      zh: '网格长、网格员等的姓名与工作电话',
      en: 'names and work phones of grid leaders, grid workers and others',
    },
  },
  duty_contact: {
    zh: '值守联系人',
    en: 'contacts on duty',
    about: {
      zh: '大屏标注的网格员姓名与值守电话，可由 WALL_CONTACTS=off 关闭',
      en: 'names and duty phones of grid workers as the wall shows them; WALL_CONTACTS=off hides them',
    },
  },
  building: { zh: '楼栋', en: 'buildings', about: { zh: '轮廓、层数、用途', en: 'outlines, floors, use' } },
  facility: { zh: '设施', en: 'facilities', about: { zh: '位置、种类、状态', en: 'places, kinds, states' } },
  incident: {
    zh: '事件',
    en: 'incidents',
    about: { zh: '矛盾纠纷与其他事件及其办理过程', en: 'disputes and other events with their steps' },
  },
  document: {
    zh: '案件材料',
    en: 'documents of incidents',
    about: {
      zh: '随案上传的照片、扫描件与 PDF；移除即撤回，记录保留',
      en: 'photographs, scans and PDFs of incidents; removing one withdraws it, and its record stays',
    },
  },
  print_template: {
    zh: '打印模板',
    en: 'print templates',
    about: { zh: '版面、落款与备注', en: 'page setups with imprint and notes' },
  },
  clock: {
    zh: '时限与日历',
    en: 'time limits and calendar',
    about: { zh: '各环节办理时限、上下班时间、节假日与调休', en: 'time limits, working hours and holidays' },
  },
  analysis: {
    zh: '空间分析',
    en: 'analyses',
    about: {
      zh: '热点等分析及其结果，不含个人信息',
      en: 'hot spots and the like with their results, without personal data',
    },
  },
  resident: { zh: '居民', en: 'residents', about: { zh: '人员与住户', en: 'people and households' } },
  wall: { zh: '大屏画面', en: 'the wall', about: { zh: '不含个人信息的汇总', en: 'aggregates without personal data' } },
  wall_device: {
    zh: '大屏设备',
    en: 'wall devices',
    about: { zh: '已配对的显示设备', en: 'screens that have been paired' },
  },
  import: {
    zh: '导入',
    en: 'imports',
    about: {
      zh: '上传文件、核对、写入与导入记录',
      en: 'uploading, checking and writing files, and the list of imports',
    },
  },
  demo: { zh: '演示数据', en: 'the demo', about: { zh: '内置的虚构街道', en: 'the invented sub-district' } },
  session: {
    zh: '本人登录',
    en: 'own sessions',
    about: { zh: '本人的登录与当前身份', en: 'own sign-ins and role' },
  },
  account: { zh: '账号', en: 'accounts', about: { zh: '人员账号与授权', en: 'people and their grants' } },
  token: { zh: '访问令牌', en: 'access tokens', about: { zh: '供程序读取数据', en: 'for programs that read data' } },
  setting: { zh: '系统设置', en: 'settings', about: { zh: '系统的配置', en: 'the configuration of the system' } },
  audit: { zh: '审计日志', en: 'the audit trail', about: { zh: '操作记录', en: 'who did what' } },
}

export const guardedFieldLabels: { [O in GuardedObject]: Record<GuardedField<O>, Label> } = {
  contact: { name: { zh: '姓名', en: 'name' }, phone: { zh: '电话', en: 'phone' } },
  facility: { phone: { zh: '电话', en: 'phone' } },
  incident: {
    title: { zh: '标题', en: 'title' },
    text: { zh: '内容', en: 'text' },
    address: { zh: '地址', en: 'address' },
    opinion: { zh: '办理意见', en: 'opinion of a step' },
    partyName: { zh: '当事人姓名', en: 'name of a party' },
    partyPhone: { zh: '当事人电话', en: 'phone of a party' },
  },
  resident: {
    name: { zh: '姓名', en: 'name' },
    idNumber: { zh: '证件号码', en: 'ID number' },
    phone: { zh: '电话', en: 'phone' },
    birthDate: { zh: '出生日期', en: 'date of birth' },
    room: { zh: '房号', en: 'room' },
  },
}

export const fieldAccessLabels: Record<FieldAccess, Label> = {
  clear: { zh: '明文', en: 'clear' },
  masked: { zh: '脱敏', en: 'masked' },
  hidden: { zh: '不可见', en: 'hidden' },
}
