import { describe, expect, test } from 'vitest';
import { Search } from '../../src/index.ts';
import { otherWay } from '../../src/model/brick/other-ways.ts';
import { cloudScenario } from '../../src/model/cloud-scenario/cloud-scenario.ts';
import { rebootServer } from '../../src/model/nova/reboot.ts';

describe('a transport of its own', () => {
  test('a transport of its own has the label that a flow gives it', () => {
    expect(otherWay({ mounts: 'mount', sdc: 'get_config' }, 'export')).toBe('mount');
    expect(otherWay({ mounts: 'mount', sdc: 'get_config' }, 'pool')).toBe('get_config');
  });

  test('an array, a target of its own, a subsystem and an unknown target have no transport of their own', () => {
    for (const target of ['array', 'v1', 'subsystem', undefined]) {
      expect(otherWay({ mounts: 'mount' }, target)).toBeUndefined();
    }
  });

  test.each(['export', 'pool'] as const)(
    'a transport of its own stops a flow that has no steps for %s',
    (target) => {
      const rebooting = cloudScenario({
        name: 'rebooting',
        about: 'A server is rebooted whose volume no reboot knows how to disconnect.',
        release: '2026.1',
        entities: () => ({
          servers: { s1: 'h1' },
          volumes: { v1: { target } },
          attached: [['s1', 'v1']],
        }),
        operations: () => ({ reboot: rebootServer.start('s1') }),
        reachable: [],
        expect: [],
      });
      expect(() => new Search(rebooting).run()).toThrow(
        `this flow has no steps for volumes of '${target}'`,
      );
    },
  );
});
