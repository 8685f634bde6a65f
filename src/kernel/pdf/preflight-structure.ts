// What pre-flight finds in the structure of a file and in its single objects.

import { type PdfFile, placeOf } from './file.ts'
import { ref } from './object.ts'
import { objectsAfter } from './open.ts'
import { holding, type Observation, type Seen, type Suspicion, walk } from './preflight-objects.ts'
import { type Finding, refusal, warning } from './preflight-report.ts'
import { type Revision, revisions } from './revision.ts'

export function structureFindings(file: PdfFile, history: readonly Revision[] = revisions(file)): Finding[] {
  const findings: Finding[] = []
  if (file.headerOffset > 0) {
    // Measured: EU DSS and pyHanko do not read such files at all, and a ByteRange counts from the first byte.
    const detail = `${file.headerOffset} bytes stand before the PDF in the file; validators do not read that. Upload the PDF alone.`
    findings.push(refusal('BYTES_BEFORE_HEADER', detail, 0))
  }
  const end = history.at(-1)?.end ?? file.source.size
  const smuggled = objectsAfter(file, end)
  if (smuggled !== undefined) {
    const detail = `Objects follow the end of the PDF (byte ${smuggled}): an update was cut off. Upload the file again.`
    findings.push(refusal('TRUNCATED', detail, smuggled))
  }
  if (file.xrefKind === 'hybrid') {
    const detail =
      'The PDF has a hybrid cross-reference, as word processors write it; strict validators reject that. Export it again ' +
      'without compatibility with PDF 1.4, upload it with `normalise`, or accept the warning.'
    const section = file.sections.find(({ kind }) => kind === 'hybrid')
    findings.push(warning('HYBRID_XREF', detail, section?.offset ?? file.startxref))
  }
  return findings
}

const suspicionDetails: Readonly<Record<Suspicion, string>> = {
  JAVASCRIPT:
    'The PDF contains JavaScript, which can change what is shown after signing. Upload a copy without scripts.',
  LAUNCH_ACTION: 'The PDF can start programs. Upload a copy without such actions.',
  EXTERNAL_CONTENT:
    'The PDF shows content that lies in another file, which no signature covers. Upload a complete copy.',
}

const observations: Readonly<Record<Observation, Pick<Finding, 'severity' | 'detail'>>> = {
  UNEMBEDDED_FONTS: { severity: 'warn', detail: 'Some fonts are not embedded: the text can look different elsewhere.' },
  HIDDEN_LAYERS: {
    severity: 'warn',
    detail: 'The PDF has layers that can be hidden: check that all content is shown.',
  },
  OVERLAY_ANNOTATIONS: { severity: 'warn', detail: 'Annotations lie over the content. Flatten them before signing.' },
  MULTIMEDIA: { severity: 'warn', detail: 'The PDF contains sound, video or 3D, which print and archive do not keep.' },
  ACTIVE_CONTENT: { severity: 'warn', detail: 'Actions in the PDF can send data or change what is shown.' },
  EMBEDDED_FILES: { severity: 'info', detail: 'Files are attached inside the PDF; the signature covers them too.' },
}

const suspicions: readonly Suspicion[] = ['JAVASCRIPT', 'LAUNCH_ACTION', 'EXTERNAL_CONTENT']

export function objectFindings(file: PdfFile, seen: Seen): Finding[] {
  const wanted = suspicions.reduce((bits, code) => bits | holding[code], 0)
  const places = new Map<Suspicion, number>()
  const found = (number: number, bits: number): void => {
    const offset = placeOf(file, ref(number)) ?? 0
    for (const code of suspicions) {
      if ((bits & holding[code]) !== 0 && offset < (places.get(code) ?? Number.POSITIVE_INFINITY))
        places.set(code, offset)
    }
  }
  if ((seen.any & wanted) !== 0) walk(file, seen, { wanted, found })
  const refusals = [...places].sort(([, a], [, b]) => a - b)
  return [
    ...refusals.map(([code, offset]) => refusal(code, suspicionDetails[code], offset)),
    ...[...seen.observations].map(([code, offset]) => ({ code, ...observations[code], offset })),
  ]
}
