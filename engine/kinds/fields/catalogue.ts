/** The field kinds of the engine, in the order of the palette. A test compares this list with the folders. */
import type { FieldKinds } from '#definitions/field-kind.ts'
import { anyLink } from './any_link/kind.ts'
import { attachment } from './attachment/kind.ts'
import { barcode } from './barcode/kind.ts'
import { boolean } from './boolean/kind.ts'
import { choice } from './choice/kind.ts'
import { color } from './color/kind.ts'
import { date } from './date/kind.ts'
import { datetime } from './datetime/kind.ts'
import { decimal } from './decimal/kind.ts'
import { duration } from './duration/kind.ts'
import { email } from './email/kind.ts'
import { image } from './image/kind.ts'
import { integer } from './integer/kind.ts'
import { link } from './link/kind.ts'
import { links } from './links/kind.ts'
import { longText } from './long_text/kind.ts'
import { money } from './money/kind.ts'
import { multiChoice } from './multi_choice/kind.ts'
import { percent } from './percent/kind.ts'
import { phone } from './phone/kind.ts'
import { rating } from './rating/kind.ts'
import { region } from './region/kind.ts'
import { richText } from './rich_text/kind.ts'
import { sequence } from './sequence/kind.ts'
import { signature } from './signature/kind.ts'
import { table } from './table/kind.ts'
import { tags } from './tags/kind.ts'
import { text } from './text/kind.ts'
import { time } from './time/kind.ts'
import { url } from './url/kind.ts'
import { user } from './user/kind.ts'

const list = [
  text,
  longText,
  richText,
  integer,
  decimal,
  money,
  percent,
  boolean,
  date,
  datetime,
  time,
  duration,
  choice,
  multiChoice,
  tags,
  link,
  links,
  anyLink,
  user,
  table,
  sequence,
  attachment,
  image,
  signature,
  email,
  phone,
  url,
  region,
  rating,
  color,
  barcode,
]

export const fieldKinds: FieldKinds = new Map(list.map((kind) => [kind.name, kind]))
