/** The faces of the field kinds, by name. A test compares this list with the folders. */
import '../faces.css'
import type { FieldFaces } from '../field-faces.ts'
import { faces as anyLink } from './any_link/kind.browser.tsx'
import { faces as attachment } from './attachment/kind.browser.tsx'
import { faces as barcode } from './barcode/kind.browser.tsx'
import { faces as boolean } from './boolean/kind.browser.tsx'
import { faces as choice } from './choice/kind.browser.tsx'
import { faces as color } from './color/kind.browser.tsx'
import { faces as date } from './date/kind.browser.tsx'
import { faces as datetime } from './datetime/kind.browser.tsx'
import { faces as decimal } from './decimal/kind.browser.tsx'
import { faces as duration } from './duration/kind.browser.tsx'
import { faces as email } from './email/kind.browser.tsx'
import { faces as image } from './image/kind.browser.tsx'
import { faces as integer } from './integer/kind.browser.tsx'
import { faces as link } from './link/kind.browser.tsx'
import { faces as links } from './links/kind.browser.tsx'
import { faces as longText } from './long_text/kind.browser.tsx'
import { faces as money } from './money/kind.browser.tsx'
import { faces as multiChoice } from './multi_choice/kind.browser.tsx'
import { faces as percent } from './percent/kind.browser.tsx'
import { faces as phone } from './phone/kind.browser.tsx'
import { faces as rating } from './rating/kind.browser.tsx'
import { faces as region } from './region/kind.browser.tsx'
import { faces as richText } from './rich_text/kind.browser.tsx'
import { faces as sequence } from './sequence/kind.browser.tsx'
import { faces as signature } from './signature/kind.browser.tsx'
import { faces as table } from './table/kind.browser.tsx'
import { faces as tags } from './tags/kind.browser.tsx'
import { faces as text } from './text/kind.browser.tsx'
import { faces as time } from './time/kind.browser.tsx'
import { faces as url } from './url/kind.browser.tsx'
import { faces as user } from './user/kind.browser.tsx'

export const fieldFaces: ReadonlyMap<string, FieldFaces> = new Map([
  ['text', text],
  ['long_text', longText],
  ['rich_text', richText],
  ['integer', integer],
  ['decimal', decimal],
  ['money', money],
  ['percent', percent],
  ['boolean', boolean],
  ['date', date],
  ['datetime', datetime],
  ['time', time],
  ['duration', duration],
  ['choice', choice],
  ['multi_choice', multiChoice],
  ['tags', tags],
  ['link', link],
  ['links', links],
  ['any_link', anyLink],
  ['user', user],
  ['table', table],
  ['sequence', sequence],
  ['attachment', attachment],
  ['image', image],
  ['signature', signature],
  ['email', email],
  ['phone', phone],
  ['url', url],
  ['region', region],
  ['rating', rating],
  ['color', color],
  ['barcode', barcode],
])
