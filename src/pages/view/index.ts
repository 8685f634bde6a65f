// The room's door: every page of the ceremony as a function of its data. No I/O, no clock, no framework.
export { type ChoiceView, type ChooseView, choosePage, type SeveralStartView, severalStartPage } from './choose.ts'
export { longestEmail, longestName } from './delegate.ts'
export { devMailPage } from './dev-mail.ts'
export type { DocumentView } from './documents.ts'
export {
  type ClosedView,
  closedPage,
  type DeclinedView,
  type DoneView,
  declinedPage,
  donePage,
  type NextView,
} from './done.ts'
export { type Frame, fields, type PostForm, type Refresh } from './layout.ts'
export { type ProblemView, problemPage } from './problem.ts'
export { problemCatalogue } from './problem-catalogue.ts'
export { longestReason, type StartView, startPage } from './start.ts'
export {
  type AwaitingView,
  awaitingPage,
  type LaterView,
  laterPage,
  processingPage,
  stoppedPage,
  type WaitingView,
  waitingPage,
} from './waiting.ts'
