/** The few words that inputs say themselves, in both languages. */
const words = {
  clear: ['Clear', '清除'],
  choose: ['Choose', '选择'],
  nothingFound: ['Nothing found', '没有找到'],
  searching: ['Searching', '正在查找'],
  searchFailed: ['Search failed. Type to try again.', '查找失败，请重新输入'],
  remove: ['Remove {name}', '移除 {name}'],
  calendar: ['Open the calendar', '打开日历'],
  today: ['Today', '今天'],
  previousMonth: ['Previous month', '上个月'],
  nextMonth: ['Next month', '下个月'],
  results: ['{count} results', '{count} 个结果'],
  form: ['Form', '表单'],
  addTag: ['Add a tag', '添加标签'],
  stars: ['{count} of {max} stars', '{count} 星，共 {max} 星'],
  country: ['Country', '国家'],
  province: ['Province', '省'],
  city: ['City', '市'],
  district: ['District', '区'],
  pickColor: ['Pick a colour', '选取颜色'],
  drawHere: ['Draw the signature here', '在此签名'],
  orTypeName: ['Or type your name', '或输入姓名'],
  signed: ['Signed', '已签名'],
  addFiles: ['Add files', '添加文件'],
  addPicture: ['Add a picture', '添加图片'],
  openFile: ['Open {name}', '打开 {name}'],
  replaceFile: ['Replace', '替换'],
  dropHere: ['or drop or paste here', '或拖放、粘贴到此处'],
  uploading: ['Uploading {name}', '正在上传 {name}'],
  cancelUpload: ['Cancel the upload of {name}', '取消上传 {name}'],
  dismiss: ['Dismiss', '关闭'],
  bold: ['Bold', '加粗'],
  italic: ['Italic', '斜体'],
  heading: ['Heading', '标题'],
  bullets: ['List', '列表'],
  numbers: ['Numbered list', '编号列表'],
  quote: ['Quote', '引用'],
  linkText: ['Link', '链接'],
  formatting: ['Formatting', '格式'],
} as const

export type Word = keyof typeof words

/** `word('remove', locale, { name: 'Anna' })` */
export function word(name: Word, locale: string, params: Readonly<Record<string, string | number>> = {}): string {
  const text: string = words[name][locale.startsWith('zh') ? 1 : 0]
  return text.replace(/\{(\w+)\}/g, (whole, key: string) => String(params[key] ?? whole))
}
