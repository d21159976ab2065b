/** A date in the browser: typed or chosen from a month. In cells the year stands only when it is not this one. */
import { todayIn } from '#base/dates.ts'
import type { FieldFaces } from '../../field-faces.ts'
import { DatePicker } from '../../inputs/date-picker.browser.tsx'
import { writeDate, writeDayOfYear } from '../../values/date-text.ts'
import { date } from './kind.ts'

export const faces: FieldFaces = {
  Input(props) {
    return (
      <DatePicker
        {...props}
        kind={date}
        day={typeof props.value === 'string' ? props.value : null}
        chooseDay={props.onChange}
      />
    )
  },
  Display({ value, locale, zone, dense }) {
    if (typeof value !== 'string') return null
    const whole = writeDate(value, locale)
    const isThisYear = value.slice(0, 4) === todayIn(zone, Date.now()).slice(0, 4)
    return (
      <time className="fl-date" dateTime={value} title={dense ? whole : undefined}>
        {dense && isThisYear ? writeDayOfYear(value, locale) : whole}
      </time>
    )
  },
}
