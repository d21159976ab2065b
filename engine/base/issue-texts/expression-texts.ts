/** Texts of what is wrong with an expression. */
import { type IssueText, say } from './entry.ts'

export const expressionTexts: Readonly<Record<string, IssueText>> = {
  'not-an-expression': say('This is not an expression', '这不是表达式', [
    'An expression is a value or an object with one operator.',
    '表达式是一个值，或只含一个运算符的对象。',
  ]),
  'unknown-operator': say('There is no operator {name}', '没有运算符 {name}'),
  'too-costly': say('The expression takes too long', '表达式计算量过大'),
  'not-here': say('{name} cannot be read here', '此处不能读取 {name}'),
  'link-not-here': say('{name} reads a linked record, which is not possible here', '{name} 读取关联记录，此处不允许', [
    'Copy the value into a field of this form, or say "stored": false.',
    '请将该值带入本表单的字段，或设置 "stored": false。',
  ]),
  'path-too-long': say('{name} goes over more than {limit} links', '{name} 超过 {limit} 层关联'),
  'column-without-aggregate': say('{name} is a column of a table', '{name} 是明细表的列', [
    'Use an aggregate such as sum, count or max.',
    '请使用 sum、count、max 等聚合。',
  ]),
  'rows-over-link': say('{name} is a table of a linked record', '{name} 是关联记录的明细表', [
    'Roll the figure up on the other form and read that field.',
    '请在对方表单上汇总，再读取汇总字段。',
  ]),
  'not-in-filters': say('{name} cannot be used in filters', '{name} 不能用于筛选'),
  'type-mismatch': say('Expected {expected}, found {found}', '应为 {expected}，实为 {found}'),
  'unknown-option': say('{value} is not one of the options {options}', '{value} 不在选项 {options} 之中'),
  'wrong-arity': say(
    '{name} takes {least} to {most} arguments, {found} are given',
    '{name} 需要 {least} 至 {most} 个参数，实际 {found} 个',
  ),
  'types-differ': say('Expected {expected}, found {found}', '应为 {expected}，实为 {found}'),
  'too-precise': say('More than {limit} digits', '超过 {limit} 位有效数字'),
  'path-expected': say('The name of a field is expected', '此处应为字段名'),
  'field-expected': say('A field of the record is expected', '此处应为本记录的字段'),
  'table-expected': say('A table is expected', '此处应为明细表'),
  'row-expression-expected': say('What is taken of each row is missing', '缺少对每一行的取值', [
    'For example sum(lines.amount).',
    '例如 sum(lines.amount)。',
  ]),
  'rows-not-here': say('{name} cannot take a table', '{name} 不能用于明细表'),
  'not-a-literal': say('A list holds plain values only', '列表中只能是常量'),
  'not-a-tree': say('{form} is not a tree', '{form} 不是树形表单', [
    'Mark its link to itself as a tree.',
    '请将其指向自身的关联设为树形。',
  ]),
  'unit-expected': say('A unit is expected: {units}', '此处应为单位：{units}'),
  'digits-expected': say('A whole number from {least} to {most} is expected', '此处应为 {least} 至 {most} 的整数'),
  'text-too-long': say('The formula is longer than {limit} characters', '公式超过 {limit} 个字符'),
  'text-not-closed': say('The quotation mark is not closed', '引号没有闭合'),
  'unexpected-character': say('This character has no place here', '此处不应出现该字符'),
  'value-expected': say('A value is expected', '此处应为一个值'),
  'symbol-expected': say('Expected {symbol}', '此处应为 {symbol}'),
  'comparison-chain': say('Comparisons cannot be chained', '比较不能连写', [
    'Write a < b and b < c.',
    '请写作 a < b and b < c。',
  ]),
}
