/** A moment in the browser: on the reader's clock, typed or with its day chosen from a month. */
import { isDatetime, todayIn } from '#base/dates.ts'
import type { FieldFaces } from '../../field-faces.ts'
import { formatContext } from '../../inputs/control-props.ts'
import { DatePicker } from '../../inputs/date-picker.browser.tsx'
import { writeDayOfYear } from '../../values/date-text.ts'
import { canonicalTime } from '../../values/time-text.ts'
import { localOf, momentOf } from '../../values/zone.ts'
import { datetime } from './kind.ts'

export const faces: FieldFaces = {
  Input(props) {
    const local = isDatetime(props.value) ? localOf(props.value, props.zone) : null
    return (
      <DatePicker
        {...props}
        kind={datetime}
        day={local?.slice(0, 10) ?? null}
        chooseDay={(day) => props.onChange(momentOf(`${day}T${local?.slice(11) ?? '09:00:00.000'}`, props.zone))}
      />
    )
  },
  Display(props) {
    const { value, locale, zone, dense, field } = props
    if (!isDatetime(value)) return null
    const whole = datetime.format(value, field, formatContext(props))
    const local = localOf(value, zone) ?? value
    const isThisYear = local.slice(0, 4) === todayIn(zone, Date.now()).slice(0, 4)
    const short = `${writeDayOfYear(local.slice(0, 10), locale)} ${canonicalTime(`${local.slice(11, 16)}:00`)}`
    return (
      <time className="fl-date" dateTime={value} title={dense ? whole : undefined}>
        {dense && isThisYear ? short : whole}
      </time>
    )
  },
}
