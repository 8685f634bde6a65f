// The e-seal key of the organisation: loaded from a file, or enrolled for at first start.
export { enrolSealKey, type SealEnrolment } from './enrol.ts'
