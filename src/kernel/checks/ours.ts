// Which signatures Segl made: those have one form only. What other programs made is read as its standards allow.
import type { EmbeddedSignature } from '../pdf/index.ts'

/** By the names that kernel/pades gives fields, with a letter in front where the upload had the name already; all of it is signed. */
export const isOurs = ({ field, dict }: Pick<EmbeddedSignature, 'field' | 'dict'>): boolean =>
  dict.has('SEGL_Trail') || isOurName(field.name)

export const isOurName = (name: string): boolean => /^(?:[a-z]-|segl-)?Segl-(?:Sig-\d\d|Seal|Time-\d{1,6})$/.test(name)
