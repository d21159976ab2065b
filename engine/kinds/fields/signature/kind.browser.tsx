/** A signature in the browser: drawn with pointer or finger; or a typed name, for the keyboard. */
import { type PointerEvent, useRef } from 'react'
import { isObject, type Json } from '#base/json.ts'
import type { FieldFaces, InputProps } from '../../field-faces.ts'
import { groupProps, leaves } from '../../inputs/control-props.ts'
import { word } from '../../inputs/words.ts'
import { signature } from './kind.ts'

type Stroke = readonly (readonly [number, number])[]

const size = { width: 400, height: 120 }

export const faces: FieldFaces = {
  Input: SignatureInput,
  Display({ value, locale }) {
    if (!isObject(value)) return null
    const strokes = strokesOf(value)
    const name = typeof value.name === 'string' ? value.name : ''
    if (strokes.length === 0) return <span className="fl-signature-name">{name}</span>
    return (
      <Strokes
        strokes={strokes}
        width={Number(value.width)}
        height={Number(value.height)}
        title={name || word('signed', locale)}
      />
    )
  },
}

function SignatureInput(props: InputProps) {
  const { field, value, label, locale, readOnly, onChange, onText, onBlur } = props
  const drawing = useRef<(readonly [number, number])[] | null>(null)
  const strokes = strokesOf(value)
  const name = isObject(value) && typeof value.name === 'string' ? value.name : ''
  function give(next: readonly Stroke[], typed: string): void {
    const parsed = signature.parse({ strokes: next, ...size, ...(typed === '' ? {} : { name: typed }) }, field)
    onText?.(typed, parsed.ok ? [] : parsed.problem)
    if (parsed.ok) onChange(parsed.value)
  }
  function start(event: PointerEvent<SVGSVGElement>): void {
    if (readOnly) return
    event.currentTarget.setPointerCapture(event.pointerId)
    drawing.current = [pointOf(event)]
  }
  function move(event: PointerEvent<SVGSVGElement>): void {
    if (drawing.current === null) return
    drawing.current.push(pointOf(event))
    event.currentTarget.querySelector('.drawing')?.setAttribute('points', pointsOf(drawing.current))
  }
  function end(event: PointerEvent<SVGSVGElement>): void {
    if (drawing.current === null) return
    event.currentTarget.querySelector('.drawing')?.setAttribute('points', '')
    give([...strokes, drawing.current], name)
    drawing.current = null
  }
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset is announced as a question of its own; this one has its label
    <div {...groupProps(props)} role="group" className="fl-signature" onBlur={(event) => leaves(event) && onBlur?.()}>
      <svg
        viewBox={`0 0 ${size.width} ${size.height}`}
        role="img"
        aria-label={word('drawHere', locale)}
        onPointerDown={start}
        onPointerMove={move}
        onPointerUp={end}
        onPointerCancel={end}
      >
        {strokes.map((stroke, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: strokes have no name and are only added at the end
          <polyline key={`${index}:${stroke.length}`} points={pointsOf(stroke)} />
        ))}
        <polyline className="drawing" points="" />
      </svg>
      <div className="fl-row">
        <input
          type="text"
          className="fl-input"
          aria-label={`${label}: ${word('orTypeName', locale)}`}
          placeholder={word('orTypeName', locale)}
          value={name}
          readOnly={readOnly}
          onChange={(event) => give(strokes, event.target.value)}
        />
        {value !== null && !readOnly && (
          <button type="button" className="fl-button small quiet" onClick={() => onChange(null)}>
            {word('clear', locale)}
          </button>
        )}
      </div>
    </div>
  )
}

function Strokes({
  strokes,
  width,
  height,
  title,
}: {
  readonly strokes: readonly Stroke[]
  readonly width: number
  readonly height: number
  readonly title: string
}) {
  return (
    <svg className="fl-signature-shown" viewBox={`0 0 ${width} ${height}`} role="img" aria-label={title}>
      {strokes.map((stroke, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: strokes have no name and are only added at the end
        <polyline key={`${index}:${stroke.length}`} points={pointsOf(stroke)} />
      ))}
    </svg>
  )
}

function strokesOf(value: Json): readonly Stroke[] {
  return isObject(value) && Array.isArray(value.strokes) ? (value.strokes as unknown as readonly Stroke[]) : []
}

/** In the units of the drawing, to a tenth. */
function pointOf(event: PointerEvent<SVGSVGElement>): readonly [number, number] {
  const box = event.currentTarget.getBoundingClientRect()
  const tenth = (at: number, from: number, to: number): number => Math.max(0, Math.round((at / from) * to * 10) / 10)
  return [
    tenth(event.clientX - box.left, box.width, size.width),
    tenth(event.clientY - box.top, box.height, size.height),
  ]
}

function pointsOf(stroke: Stroke): string {
  return stroke.map((point) => point.join(',')).join(' ')
}
