// Makes text fit: line breaking, shrinking and cutting, by the measures of the typeface.
import { type TextStyle, textWidth } from './canvas.ts'

type Measure = Pick<TextStyle, 'weight' | 'size'>

/** `text` broken into lines of at most `width` points; a word too long for a line is broken inside. */
export function breakLines(text: string, style: Measure, width: number): readonly string[] {
  const lines: string[] = []
  let line = ''
  for (const word of text.split(/[ \t\r\n]+/).filter((part) => part !== '')) {
    const longer = line === '' ? word : `${line} ${word}`
    if (textWidth(longer, style) <= width) {
      line = longer
      continue
    }
    if (line !== '') lines.push(line)
    line = word
    while (textWidth(line, style) > width) {
      const head = fitting(line, style, width)
      lines.push(head)
      line = line.slice(head.length)
    }
  }
  if (line !== '' || lines.length === 0) lines.push(line)
  return lines
}

/** As `breakLines`, but at most `count` lines; what is left out shows as an ellipsis. */
export function breakAtMost(text: string, style: Measure, width: number, count: number): readonly string[] {
  const lines = breakLines(text, style, width)
  if (lines.length <= count) return lines
  return [...lines.slice(0, count - 1), cut(lines.slice(count - 1).join(' '), style, width)]
}

/** `text` when it fits, else its beginning and an ellipsis. */
export function cut(text: string, style: Measure, width: number): string {
  if (textWidth(text, style) <= width) return text
  return `${fitting(text, style, width - textWidth('…', style)).trimEnd()}…`
}

/** The largest size from `size` down to `smallest` (in half points) at which `text` fits; `smallest` when it never does. */
export function shrink(text: string, style: Measure, width: number, smallest: number): number {
  for (let size = style.size; size > smallest; size -= 0.5) {
    if (textWidth(text, { ...style, size }) <= width) return size
  }
  return smallest
}

/** The longest beginning of `text` that fits, at least one character, never half of a surrogate pair. */
function fitting(text: string, style: Measure, width: number): string {
  const characters = [...text]
  let low = 1
  let high = characters.length
  while (low < high) {
    const middle = Math.ceil((low + high) / 2)
    if (textWidth(characters.slice(0, middle).join(''), style) <= width) low = middle
    else high = middle - 1
  }
  return characters.slice(0, low).join('')
}
