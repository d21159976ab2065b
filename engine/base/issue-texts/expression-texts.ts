/** Texts of what is wrong with an expression. */
import { type IssueText, say } from './entry.ts'

export const expressionTexts: Readonly<Record<string, IssueText>> = {
  'not-an-expression': say('This is not an expression', '这不是表达式', ['An expression is a value or an object with one operator.', '表达式是一个值，或只含一个运算符的对象。']),
  'unknown-operator': say('There is no operator {name}', '没有运算符 {name}'),
  'too-costly': say('The expression takes too long', '表达式计算量过大'),
  'not-here': say('{name} cannot be read here', '此处不能读取 {name}'),
  'link-not-here': say('{name} reads a linked record, which is not possible here', '{name} 读取关联记录，此处不允许', ['Copy the value into a field of this form, or say "stored": false.', '请将该值带入本表单的字段，或设置 "stored": false。']),
  'path-too-long': say('{name} goes over more than {limit} links', '{name} 超过 {limit} 层关联'),
  'column-without-aggregate': say('{name} is a column of a table', '{name} 是明细表的列', ['Use an aggregate such as sum, count or max.', '请使用 sum、count、max 等聚合。']),
  'rows-over-link': say('{name} is a table of a linked record', '{name} 是关联记录的明细表', ['Roll the figure up on the other form and read that field.', '请在对方表单上汇总，再读取汇总字段。']),
  'not-in-filters': say('{name} cannot be used in filters', '{name} 不能用于筛选'),
  'type-mismatch': say('Expected {expected}, found {found}', '应为 {expected}，实为 {found}'),
}
