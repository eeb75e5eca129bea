/** The switches that matter where services of Nova are of several releases; see switches.ts. */
export const mixedVersions = {
  attach_fallback: {
    values: ['minimum_version', 'none'],
    about:
      'nova-api asks for an attachment only when no nova-compute is too old for it, by the ' +
      'least version in its database; or always',
  },
  start_check: {
    values: ['none', 'check_then_save', 'one_transaction'],
    about:
      'a nova-compute that is older than all others does not start: no service checks; it ' +
      'checks, then saves its version; or both in one transaction (no release)',
  },
  detach_names_row: {
    values: ['no', 'yes'],
    about:
      'the message detach_volume has a field for the attachment that nova-api found (compute ' +
      'RPC 4.7)',
  },
  refresh_deletes: {
    values: ['nova-manage', 'n-cpu'],
    about:
      'who deletes the attachment that nova-manage refreshes: nova-manage, or the ' +
      'nova-compute that disconnects, by an argument of compute RPC 6.3',
  },
} as const;
