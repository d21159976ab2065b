/** Texts of what is wrong with a request before any record is touched. */
import { type IssueText, say } from './entry.ts'

export const requestTexts: Readonly<Record<string, IssueText>> = {
  'too-many-properties': say('More than {max} properties', '属性超过 {max} 个', ['Split the request.', '请拆分请求。']),
  'no-body-expected': say('This request takes no body', '此请求不接受请求体'),
  'malformed-cursor': say('The cursor is not one that this list gave', '游标无效', [
    'Start again without a cursor.',
    '请去掉游标重新开始。',
  ]),
  'malformed-version': say(
    'If-Match must be the version in quotes, such as "3"',
    'If-Match 必须是带引号的版本号，例如 "3"',
  ),
  'malformed-key': say(
    'Idempotency-Key has 1 to 255 visible ASCII characters',
    'Idempotency-Key 应为 1 到 255 个可见 ASCII 字符',
  ),
  'out-of-range': say('Between {min} and {max}', '应在 {min} 和 {max} 之间'),
  'changed-meanwhile': say('Somebody else changed this meanwhile', '此内容已被他人修改'),
  'file-missing': say('The upload holds no file', '上传内容中没有文件'),
  'file-empty': say('The file is empty', '文件为空'),
  'upload-broken': say(
    'The upload broke off, or is not multipart/form-data',
    '上传中断，或内容不是 multipart/form-data',
    ['Send it again.', '请重新上传。'],
  ),
}
