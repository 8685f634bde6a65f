// Objects that /Size does not count: "shall be ignored and defined to be missing" (ISO 32000-2, 7.5.5), though most readers show them.

import { type PdfFile, placeNear } from './file.ts'
import { malformed } from './lexer.ts'
import type { Mentions } from './mentions.ts'

/**
 * MALFORMED_PDF when something of the file as it stands leads to such an object. What is appended has to count all objects, so
 * signing would bring it into being for every reader that keeps to the rule.
 */
export function refuseUncounted(file: PdfFile, { objects }: Mentions): void {
  const size = file.resolve(file.trailer.get('Size'))
  if (typeof size !== 'number' || objects.highest < size) return
  file.xref.each((number, entry) => {
    if (number < size || entry.type === 'free' || !objects.has(number)) return
    const generation = entry.type === 'offset' ? entry.generation : 0
    throw malformed(
      `The trailer counts ${size} objects, so object ${number} does not exist by the rules, but is shown by many readers`,
      placeNear(file, { kind: 'ref', number, generation }),
    )
  })
}
