/** Texts of what is wrong with a definition. */
import { type IssueText, say } from './entry.ts'

export const definitionTexts: Readonly<Record<string, IssueText>> = {
  // The document as such
  'json-syntax': say(
    'Line {line}, column {column}: expected {expected}',
    '第 {line} 行第 {column} 列：应为 {expected}',
  ),
  'duplicate-key': say(
    'Line {line}, column {column}: the key {key} stands twice',
    '第 {line} 行第 {column} 列：键 {key} 重复',
  ),
  'not-plain-json': say('This is not JSON data', '不是 JSON 数据'),
  'too-deep': say('Nested deeper than {max} levels', '嵌套超过 {max} 层', [
    'Split the definition, or simplify the expression.',
    '请拆分定义或简化表达式。',
  ]),
  'too-many-nodes': say('More than {max} values', '超过 {max} 个值', ['Split the definition.', '请拆分定义。']),
  'forbidden-name': say('{name} cannot be a name', '不能使用名称 {name}', ['Choose another name.', '请换一个名称。']),
  'newer-format': say(
    'Written in format {version}; this engine reads up to {newest}',
    '格式版本为 {version}，当前引擎最高支持 {newest}',
    ['Update Formloom first.', '请先升级 Formloom。'],
  ),
  // Against the schema
  'unknown-property': say('There is no property {property}', '没有属性 {property}', [
    'Check the spelling, or remove it.',
    '请检查拼写或删除。',
  ]),
  'missing-property': say('{property} is missing', '缺少 {property}', ['Add it.', '请补充。']),
  'not-allowed-value': say('Allowed: {allowed}', '允许的值：{allowed}'),
  'bad-name': say('Not a valid name', '名称格式不正确', [
    'Small letters, digits and _, beginning with a letter, at most 40.',
    '以小写字母开头，只含小写字母、数字和 _，最多 40 个字符。',
  ]),
  'bad-key': say('{key} cannot be a key here', '此处不能使用键 {key}'),
  'name-or-extends': say('A definition that extends another has no name of its own', '扩展定义不能有自己的名称', [
    'Remove name, or remove extends.',
    '请删除 name 或 extends。',
  ]),
  duplicate: say('Stands here already', '重复'),
  // Names
  'name-taken': say('The name {name} is taken', '名称 {name} 已被使用', ['Choose another name.', '请换一个名称。']),
  'system-name': say('{name} belongs to the system', '{name} 为系统保留', [
    'Choose another name; to add to a system form, extend it.',
    '请换一个名称；如需补充系统表单，请使用扩展。',
  ]),
  'workspace-prefix': say(
    'Names beginning with x_ belong to the workspace, not to packs',
    '以 x_ 开头的名称属于工作区，套件不可使用',
    ['Rename {name}.', '请重命名 {name}。'],
  ),
  // Packs and extensions
  'pack-cycle': say('Packs require each other: {path}', '套件循环依赖：{path}'),
  'pack-older': say(
    'The folder has version {version} of {name}, {installed} is installed',
    '文件夹中的 {name} 版本为 {version}，已安装 {installed}',
    ['To go back, roll back to an earlier revision.', '如需退回，请回滚到较早的版本。'],
  ),
  'upgrade-conflict': say('Changed here and in the new version, differently', '本地与新版本对此处的修改不一致', [
    'Say which one to take: mine or theirs.',
    '请选择保留本地（mine）或采用新版本（theirs）。',
  ]),
  'upgrade-no-conflict': say('There is no conflict at this place', '此处没有冲突'),
  'pack-missing': say('The pack {name} {range} is required and not there', '缺少依赖的套件 {name} {range}', [
    'Install it first.',
    '请先安装。',
  ]),
  'pack-version': say('{name} {range} is required, {found} is there', '需要 {name} {range}，现有 {found}', [
    'Upgrade it first.',
    '请先升级。',
  ]),
  'extends-missing': say('{name} is not there to be extended', '没有可扩展的 {name}'),
  'extends-not-required': say(
    '{pack} extends what {owner} defines, but does not require it',
    '{pack} 扩展了 {owner} 的定义，却未声明依赖',
    ['Add it to requires.', '请在 requires 中声明。'],
  ),
  'extension-changes': say('An extension adds; it cannot change {property}', '扩展只能新增，不能修改 {property}'),
  'unknown-after': say('There is no {after} to stand after', '没有可作为位置的 {after}'),
  'only-in-extension': say('{property} is only for extensions', '{property} 仅用于扩展'),
  // References
  'unknown-kind': say('There is no field kind {name}', '没有字段类型 {name}'),
  'unknown-form': say('There is no form {name}', '没有表单 {name}'),
  'unknown-table': say('There is no table {name}', '没有明细表 {name}'),
  'unknown-role': say('There is no role {name}', '没有角色 {name}'),
  'unknown-view': say('There is no view {name}', '没有视图 {name}'),
  'unknown-report': say('There is no report {name}', '没有报表 {name}'),
  'unknown-dashboard': say('There is no dashboard {name}', '没有仪表盘 {name}'),
  'unknown-print': say('There is no print {name}', '没有打印模板 {name}'),
  'unknown-flow': say('There is no flow {name}', '没有流程 {name}'),
  'unknown-step': say('There is no step {name}', '没有步骤 {name}'),
  'unknown-calendar': say('There is no calendar {name}', '没有日历 {name}'),
  'unknown-zone': say('There is no time zone {name}', '没有时区 {name}'),
  'unknown-state': say('There is no state {name}', '没有状态 {name}'),
  'unknown-transition': say('There is no transition {name}', '没有流转 {name}'),
  'unknown-measure': say('There is no measure {name}', '没有指标 {name}'),
  'unknown-dimension': say('There is no dimension {name}', '没有维度 {name}'),
  'unknown-parameter': say('The report has no parameter {name}', '报表没有参数 {name}'),
  'unknown-filter': say('There is no filter {name}', '没有筛选条件 {name}'),
  'unknown-tile': say('There is no tile {name}', '没有卡片 {name}'),
  'unknown-port': say('The step is never left by {name}', '该步骤没有出口 {name}'),
  'no-lifecycle': say('The form {name} has no lifecycle', '表单 {name} 没有生命周期'),
  // Fields
  'nested-table': say('A table cannot hold a table', '明细表中不能再放明细表'),
  'required-hidden': say('Required and never visible', '必填却永不显示', [
    'Make it visible, or not required.',
    '请改为显示，或取消必填。',
  ]),
  'never-hidden': say('when_hidden has no effect: the field is always visible', '字段始终显示，when_hidden 不起作用'),
  'encrypted-unavailable': say(
    'Fields cannot be encrypted yet: the value would lie readable in the database',
    '暂不支持字段加密：值会以明文存于数据库',
    ['Leave `encrypted` out; hide the field from roles that must not read it.', '请去掉 encrypted；用角色隐藏该字段。'],
  ),
  'encrypted-search': say('An encrypted field cannot be searched or sorted', '加密字段不能搜索或排序'),
  'formula-and-rollup': say('A field has a formula or a roll-up, not both', '公式与汇总只能二选一'),
  'computed-default': say('A computed field has no default', '计算字段不能有默认值'),
  'not-computable': say('A field of kind {type} cannot be computed', '{type} 类型的字段不能计算'),
  'stored-without-formula': say('Only a formula can be computed when read', '只有公式字段可以读取时计算'),
  'unstored-index': say('A field computed when read cannot be unique or indexed', '读取时计算的字段不能唯一或建索引'),
  'property-not-for-type': say('{property} does not belong to {type}', '{type} 没有属性 {property}', [
    'Remove it.',
    '请删除。',
  ]),
  'unsafe-pattern': say(
    'Not a safe pattern at position {position}: {part}',
    '第 {position} 个字符处的格式不安全：{part}',
    [
      'Allowed: letters, classes, groups, alternatives and repetitions that are not nested.',
      '允许：字符、字符类、分组、多选及不嵌套的重复。',
    ],
  ),
  // Links and roll-ups
  'tree-elsewhere': say('A tree is a link to the own form', '树形结构须关联本表单'),
  'clear-required': say('A required link cannot be cleared', '必填的关联无法清空', [
    'Use block or cascade.',
    '请使用 block 或 cascade。',
  ]),
  'field-not-link': say('{name} is not a link', '{name} 不是关联字段'),
  'field-not-table': say('{name} is not a table', '{name} 不是明细表'),
  'field-not-person': say('{name} is neither a user nor a team', '{name} 既不是用户也不是团队'),
  'links-elsewhere': say('{name} does not point here', '{name} 没有指向此处'),
  'computed-target': say('{name} is computed and cannot be filled', '{name} 为计算字段，不能写入'),
  'copy-type': say('{from} cannot be copied into {to}', '{from} 不能带入 {to}'),
  'rollup-operand': say('{op} cannot be made of {found}', '{op} 不适用于 {found}'),
  'rollup-type': say('The figure is {found}, the field holds {expected}', '汇总结果为 {found}，字段类型为 {expected}'),
  'rollup-unstored': say('{name} is computed when read and cannot be rolled up', '{name} 为读取时计算，不能汇总', [
    'Remove "stored": false from it.',
    '请删除其 "stored": false。',
  ]),
  // Formulas
  'formula-cycle': say('Computed in a circle: {path}', '循环计算：{path}', [
    'Break the circle at one of these.',
    '请在其中一处断开。',
  ]),
  'stored-formula': say('A stored formula reads only its own record: {reads}', '存储的公式只能读取本记录：{reads}', [
    'Say "stored": false, or copy the value into a field.',
    '请设置 "stored": false，或将值带入字段。',
  ]),
  'stored-reads-unstored': say(
    '{name} is computed when read; a stored formula cannot follow it',
    '{name} 为读取时计算，存储的公式不能引用',
    ['Say "stored": false here, too.', '请在此处也设置 "stored": false。'],
  ),
  'not-comparable': say('{name} cannot be compared or sorted', '{name} 不能比较或排序'),
  'exactly-one': say('Exactly one of: {of}', '须且只能有其一：{of}'),
  // Layouts
  'field-not-in-layout': say('{name} stands nowhere in the layout', '布局中没有 {name}', [
    'Place it, or make it invisible.',
    '请放入布局，或设为不显示。',
  ]),
  'span-too-wide': say('Takes {span} of {columns} columns', '占 {span} 列，而分区只有 {columns} 列'),
  'label-missing': say('No text in {language}', '缺少 {language} 文本'),
  // Lifecycles and flows
  'second-lifecycle': say('{name} already has the lifecycle {first}', '{name} 已有生命周期 {first}'),
  'unreachable-state': say('No transition leads to {name}', '没有流转通向 {name}'),
  'unreachable-step': say('No way leads to {name}', '没有路径通向 {name}'),
  'final-with-exit': say('Final, yet {name} leads on', '终态，但 {name} 仍可离开'),
  'guard-without-message': say('Nobody learns why the transition is refused', '流转被拒绝时没有说明', [
    'Add a message.',
    '请补充提示。',
  ]),
  'message-without-guard': say('A message without a guard is never shown', '没有条件的提示永不显示'),
  'auto-without-guard': say('An automatic transition needs a guard', '自动流转须有条件'),
  'port-without-edge': say('{name} leads nowhere', '出口 {name} 没有去向'),
  'user-in-pack': say('A pack cannot name a user', '套件不能指定具体用户', [
    'Name a role or a field.',
    '请指定角色或字段。',
  ]),
  'placeholder-without-value': say('{name} has no value', '占位符 {name} 没有取值'),
  'value-without-placeholder': say('{name} stands nowhere in the text', '文本中没有占位符 {name}'),
  // Calendars and dashboards
  'hours-order': say('{from} to {to}: hours run forward and do not overlap', '{from} 至 {to}：时段须先后有序且不重叠'),
  'ends-before': say('Ends on {to}, before {from}', '结束日期 {to} 早于 {from}'),
  'weekday-without-hours': say('{name} has no hours in the week', '{name} 在一周中没有工作时间'),
  'outside-grid': say('Outside the grid of twelve columns', '超出十二列网格'),
  // Publishing
  'not-published': say('There is no {kind} {name} to remove', '没有可移除的 {kind} {name}'),
  'pack-foreign-file': say('The file does not belong into a pack', '套件中不应有此文件'),
  'pack-file-missing': say('The pack names this file and it is not there', '套件引用了此文件，但文件不存在'),
  'pack-file-name': say('The definition is called {name}, the file {file}', '定义名为 {name}，文件名为 {file}', [
    'Both have the same name.',
    '两者须同名。',
  ]),
  'type-change-needs-conversion': say('A field of {from} cannot become {to}', '{from} 字段不能直接改为 {to}', [
    'Add a new field and move the values.',
    '请新增字段并迁移数据。',
  ]),
}
