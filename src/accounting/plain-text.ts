// What a name, a title or a reason may hold: letters that people see, in the order in which they see them.

/**
 * Control characters and line ends, which forge lines of mails and logs; halves of characters; and what turns the direction of
 * writing (UTS #55 § 2) or marks text up unseen, which makes a reader see other words than are there. Joiners, soft hyphens and
 * variation selectors are part of how some languages are written.
 */
const forbidden = /[\p{Cc}\p{Cs}\p{Zl}\p{Zp}]|(?![\u00ad\u200b-\u200d\u2060\ufeff])\p{Cf}/u

/** Of this a text that can be read has something: no space, no mark without a letter, nothing that is not drawn. */
const visible = /[^\p{C}\p{Z}\p{M}\p{Default_Ignorable_Code_Point}\u2800]/u

/** True for one line of text that shows what it holds. */
export const isPlainText = (text: string): boolean => !forbidden.test(text) && visible.test(text)

/** The same without what is not allowed, for names that come along with something else; may be empty. */
export const plainTextOf = (text: string): string => text.replace(new RegExp(forbidden.source, 'gu'), '')

export const plainTextRule =
  'one line of text with something to see in it: no control characters, and none that turn the direction of writing'
