/** Texts of what is wrong with accounts, passwords and codes. */
import { type IssueText, say } from './entry.ts'

export const accountTexts: Readonly<Record<string, IssueText>> = {
  'password-too-short': say('At least {min} characters', '至少 {min} 个字符'),
  'password-too-long': say('At most {max} characters', '最多 {max} 个字符'),
  'password-is-login': say('The password repeats the login or the name', '密码与账号或姓名相同', [
    'Choose something that others cannot guess.',
    '请使用他人难以猜到的密码。',
  ]),
  'password-too-common': say('This password is on the lists that attackers try first', '该密码过于常见，容易被猜到', [
    'Several unrelated words make a good one.',
    '几个互不相关的词组合即可。',
  ]),
  'wrong-password': say('The current password is wrong', '当前密码错误'),
  'wrong-code': say('The setup code is wrong', '初始化代码错误', [
    'It is printed at start, and kept in the file setup-code of the data folder.',
    '启动时会打印该代码，并保存在数据目录的 setup-code 文件中。',
  ]),
  'unknown-role': say('There is no role {role}', '没有角色 {role}'),
  'unknown-form': say('There is no form {form}', '没有表单 {form}'),
  'not-a-zone': say('Not a time zone, such as Asia/Shanghai', '不是时区，例如 Asia/Shanghai'),
  'in-the-past': say('Lies in the past', '时间已过'),
  'last-admin': say('The last active admin cannot lose the role', '不能移除最后一位启用的管理员', [
    'Give the role to somebody else first.',
    '请先将该角色授予他人。',
  ]),
}
