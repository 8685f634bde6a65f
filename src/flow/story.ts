// The vocabulary of the story: names of its steps.
export const stepNames = [
  'prepare',
  'invite',
  'remind',
  'beginCeremony',
  'identify',
  'authorise',
  'sign',
  'seal',
  'renew',
  'decline',
  'cancel',
  'expire',
  'void',
  'replace',
  'fail',
] as const
export type StepName = (typeof stepNames)[number]
