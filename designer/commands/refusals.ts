/** Why a command cannot be done, in words that say what to do instead. */
import { fail } from '#base/result.ts'
import { type Words, words } from '../model/titles.ts'
import type { CommandAnswer } from './change.ts'

export const refusals = {
  'not-here': words('This cannot stand here', '不能放在这里'),
  'no-such-node': words('It is not there any more', '它已不存在'),
  'pack-field': words(
    'This field belongs to a template: hide it from the layout instead',
    '此字段属于模板，可改为从布局中隐藏',
  ),
  'frozen-name': words('The name was published and stays', '名称已发布，不能更改'),
  'name-shape': words(
    'Small letters, digits and _, beginning with a letter, at most 40',
    '小写字母、数字和 _，以字母开头，最多 40 个字符',
  ),
  'name-prefix': words('Additions to a template’s form begin with x_', '模板表单中新增的名称须以 x_ 开头'),
  'name-taken': words('Another field has this name', '已有同名字段'),
  'name-used': words(
    'A formula or rule reads this name: change it there first',
    '有公式或规则引用此名称，请先修改引用处',
  ),
  'last-tab': words('A form has at least one tab', '表单至少保留一个页签'),
  'last-section': words('A tab has at least one section', '页签至少保留一个分区'),
  'last-column': words('A table has at least one column', '明细表至少保留一列'),
  'field-is-read': words('Other fields read this field: change them first', '其他字段引用了它，请先修改引用处'),
  'unknown-kind': words('There is no such kind of field', '没有这种字段类型'),
  'at-the-end': words('There is no place further', '已到尽头'),
  'fixed-property': words('This property cannot be changed here', '此属性不能在这里修改'),
} as const satisfies Record<string, Words>

export type RefusalCode = keyof typeof refusals

export function refuse(code: RefusalCode): CommandAnswer {
  return fail({ code, text: refusals[code] })
}
