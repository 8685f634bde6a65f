// The e-seal key of the organisation: loaded from a file, or enrolled for at first start.
export { enrolSealKey, type SealEnrolment, type SealSubject } from './enrol.ts'
export { describeSealKey, type LoadedSealKey, loadSealKey, type SealKeyFile } from './seal-key.ts'
