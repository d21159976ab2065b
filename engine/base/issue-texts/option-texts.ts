/** Texts of what is wrong with the options of a field. */
import { type IssueText, say } from './entry.ts'

export const optionTexts: Readonly<Record<string, IssueText>> = {
  'option-duplicate': say('Another option has the value or label of {value}', '已有选项与 {value} 的值或名称相同', [
    'Give each option its own value and its own label.',
    '请为每个选项设置不同的值和名称。',
  ]),
  'sequence-counter': say(
    'The pattern needs exactly one counter such as {####}',
    '编号规则须恰好包含一个流水号，例如 {####}',
  ),
  'sequence-pattern': say('The pattern has a part that nothing fills: {part}', '编号规则中有无法识别的部分：{part}', [
    'Use {YYYY}, {MM}, {DD}, {####} or the name of a field in braces.',
    '可用 {YYYY}、{MM}、{DD}、{####}，或花括号中的字段名。',
  ]),
  'sequence-reset': say('A number that starts again needs {part} in its pattern', '重新计数的编号规则须包含 {part}', [
    'Without it the same number would be given twice.',
    '否则会生成重复的编号。',
  ]),
  'tree-of-rows': say('A link to a table row cannot make a tree', '指向明细行的关联不能构成树形结构', [
    'Remove "tree" or "table".',
    '请删除 "tree" 或 "table"。',
  ]),
}
