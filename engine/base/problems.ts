/** The one catalogue of expected failures: code, HTTP status, title in both languages, and what to do. */
import type { Json } from './json.ts'
import type { Text } from './text.ts'

interface Entry {
  readonly status: number
  readonly title: Text
  /** What the caller can do; shown at `/problems/<code>`. */
  readonly advice: Text
}

export const catalogue = {
  'request-invalid': entry(
    400,
    'The request is malformed',
    '请求格式有误',
    'Compare the request with the OpenAPI document.',
    '请对照 OpenAPI 文档检查请求。',
  ),
  'query-invalid': entry(
    400,
    'The query is not valid',
    '查询无效',
    'A field, operator or cursor of the query is unknown or not readable.',
    '查询中的字段、运算符或游标未知或不可读。',
  ),
  unauthenticated: entry(401, 'Not signed in', '未登录', 'Sign in, or send a valid key.', '请登录，或提供有效的密钥。'),
  'sign-in-failed': entry(
    401,
    'Login or password is wrong',
    '账号或密码错误',
    'Check both; after several failures wait a while.',
    '请检查账号和密码；多次失败后请稍候。',
  ),
  forbidden: entry(
    403,
    'Not allowed',
    '没有权限',
    'Ask an admin for the right that the detail names.',
    '请向管理员申请说明中的权限。',
  ),
  'origin-refused': entry(
    403,
    'Foreign origin',
    '来源不被允许',
    'Send the request from the application itself.',
    '请从应用页面发送请求。',
  ),
  'not-found': entry(
    404,
    'Not found',
    '未找到',
    'It does not exist, or you may not see it.',
    '不存在，或你没有查看权限。',
  ),
  'method-not-allowed': entry(
    405,
    'Method not allowed',
    '方法不被允许',
    'See the Allow header.',
    '请查看 Allow 响应头。',
  ),
  conflict: entry(
    409,
    'Changed by somebody else',
    '已被他人修改',
    'Load the current version, compare, and save again.',
    '请载入当前版本，比较后再保存。',
  ),
  'already-done': entry(409, 'Already done', '已完成', 'Nothing is left to do.', '无需再次操作。'),
  'in-progress': entry(
    409,
    'Still running',
    '仍在处理',
    'Ask again with the same key in a moment.',
    '请稍后用同一个键重试。',
  ),
  'wrong-state': entry(
    409,
    'Not possible in this state',
    '当前状态不允许',
    'Load the record and look at its state.',
    '请载入记录并查看其状态。',
  ),
  'too-large': entry(413, 'Too large', '内容过大', 'Send less at once.', '请减少单次内容。'),
  'wrong-content-type': entry(
    415,
    'Wrong content type',
    '内容类型不支持',
    'Send application/json.',
    '请发送 application/json。',
  ),
  'record-invalid': entry(
    422,
    'The record breaks a rule',
    '记录不符合规则',
    'Each error names its field and what it needs.',
    '每条错误都指明了字段及要求。',
  ),
  'not-unique': entry(
    422,
    'The value is taken',
    '该值已存在',
    'Use another value, or open the existing record.',
    '请换一个值，或打开已有记录。',
  ),
  'still-linked': entry(
    422,
    'Other records link here',
    '仍被其他记录引用',
    'Remove these links first, or change them.',
    '请先移除或修改这些引用。',
  ),
  'definition-invalid': entry(
    422,
    'The definition is refused',
    '定义被拒绝',
    'Each error names its place, the reason and a hint.',
    '每条错误都指明了位置、原因和建议。',
  ),
  'query-too-long': entry(
    422,
    'The query takes too long',
    '查询耗时过长',
    'Narrow it down by a filter, or ask for fewer groups or rows.',
    '请用筛选条件缩小范围，或减少分组和行数。',
  ),
  'key-reused': entry(
    422,
    'The key was used for another request',
    '该幂等键已用于其他请求',
    'Use a new Idempotency-Key for a new request.',
    '新的请求请使用新的 Idempotency-Key。',
  ),
  'precondition-missing': entry(
    428,
    'If-Match is missing',
    '缺少 If-Match',
    'Send the version that you read as If-Match.',
    '请以 If-Match 发送你读取的版本。',
  ),
  'too-many-requests': entry(
    429,
    'Too many requests',
    '请求过多',
    'Wait as long as Retry-After says.',
    '请按 Retry-After 等待。',
  ),
  unavailable: entry(
    503,
    'Not available just now',
    '暂时不可用',
    'Try again after Retry-After; nothing is lost.',
    '请按 Retry-After 稍后重试，数据不会丢失。',
  ),
  internal: entry(
    500,
    'Something broke on our side',
    '系统内部错误',
    'Tell your admin the request id.',
    '请把请求编号告诉管理员。',
  ),
} as const satisfies Record<string, Entry>

export type ProblemCode = keyof typeof catalogue

/** One failed place of a request, record or definition. `pointer` is an RFC 6901 JSON Pointer into it. */
export interface Issue {
  readonly pointer: string
  readonly code: string
  readonly params?: Readonly<Record<string, Json>>
  /** Set where the text comes from a definition (a check's own message); else made from `code` by locale. */
  readonly message?: Text
  readonly hint?: Text
  /** Absent: error. A warning never stops anything. */
  readonly severity?: 'error' | 'warning'
}

export interface Problem {
  readonly code: ProblemCode
  readonly detail?: Text
  readonly issues?: readonly Issue[]
  readonly params?: Readonly<Record<string, Json>>
}

/** Builds a problem: `problem('record-invalid', { issues })`. */
export function problem(code: ProblemCode, more: Omit<Problem, 'code'> = {}): Problem {
  return { code, ...more }
}

/** A problem thrown at the edges (storage, records, api); one handler turns it into the answer. */
export class Refusal extends Error {
  readonly problem: Problem
  constructor(code: ProblemCode, more: Omit<Problem, 'code'> = {}) {
    super(code)
    this.name = 'Refusal'
    this.problem = { code, ...more }
  }
}

function entry(status: number, en: string, zh: string, adviceEn: string, adviceZh: string): Entry {
  return { status, title: { en, 'zh-CN': zh }, advice: { en: adviceEn, 'zh-CN': adviceZh } }
}
