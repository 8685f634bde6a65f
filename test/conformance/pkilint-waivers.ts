// Findings of pkilint at level ERROR that we live with, each with its reason. Whatever is not listed here fails the test.

export type Waiver = {
  readonly code: string
  /** What the finding's message must match. */
  readonly about: RegExp
  readonly reason: string
}

/** Of certificates as a service with a name of its own makes them. */
export const waivers: readonly Waiver[] = [
  {
    code: 'etsi.en_319_412_5.gen-4.3.4.url_scheme_not_https',
    about: /"http"/,
    reason:
      'The simulation has one origin. EN 319 412-5 wants the disclosure statement by https, EN 319 412-2 GEN-4.3.11-4 the list of ' +
      'revoked certificates by plain http (under an https origin pkilint finds that instead): one of the two must give way, and the ' +
      'simulation is served over plain http.',
  },
]

/** Of certificates as the service makes them on a developer's machine, in addition. */
export const waiversOnLocalhost: readonly Waiver[] = [
  {
    code: 'pkix.invalid_uri_syntax',
    about: /"http:\/\/localhost:\d+(\/|")/,
    reason: 'The linter takes no host name without a dot; RFC 3986 does.',
  },
  {
    code: 'etsi.internal_domain_name',
    about: /"localhost"/,
    reason: 'The service runs on this machine and is to be reached from nowhere else.',
  },
]
