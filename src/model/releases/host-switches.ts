/**
 * The switches about hosts, their sites and the backend: what os-brick, the kernel and its daemons
 * do. Part of switches.ts, where the rules for them stand.
 */
export const hostSwitches = {
  shared_targets: {
    values: ['false', 'true', 'null'],
    about: 'the answer of the backend about its targets',
  },
  manual_scan: {
    values: ['no', 'yes'],
    about: 'open-iscsi of the host scans for LUNs only on request',
  },
  scan: {
    values: ['session', 'lun'],
    about:
      'the scan that os-brick asks of the kernel when it connects: every LUN of the session, ' +
      'or the one',
  },
  logout_looks_at: {
    values: ['names', 'awaited_names', 'devices'],
    about:
      'how os-brick sees that a session serves another volume: by the names in ' +
      '/dev/disk/by-path, by these after the one of its own device has gone, or by the ' +
      'devices',
  },
  sessions_seen: {
    values: ['last', 'all'],
    about:
      'which sessions os-brick looks at when a host has several with one portal and target: ' +
      'the last in the list, or all',
  },
  multipath: {
    values: ['no', 'yes'],
    about: 'guests use multipath maps, which multipathd makes from the devices of os-brick',
  },
  path_removal: {
    values: ['uevent', 'del_path', 'wait'],
    about:
      'how multipathd learns that os-brick removes a path: by an event of the kernel; from ' +
      'os-brick, and again by the event; or by the event, for which os-brick waits',
  },
  driver_remembers: {
    values: ['no', 'yes'],
    about:
      'the backend driver answers a repeated initialize_connection with the LUN that the host ' +
      'has, or maps another one',
  },
  sdc_lock: {
    values: ['none', 'process'],
    about:
      'the ScaleIO connector of os-brick, one object that keeps the volume it works on: no ' +
      'lock, or one inside the process',
  },
  driver_counts: {
    values: ['no', 'yes'],
    about: 'the driver of an array keeps a mapping that another attachment of the same host uses',
  },
  lvm_counts: {
    values: ['no', 'yes'],
    about: 'LVM keeps the connection of a host that another attachment of the same host uses',
  },
} as const;
