import { answering } from '../calls/calls.ts';
import { type Cloud, cloud as model } from '../world/cloud.ts';

/** The id of the binding of a port to a host. */
export const bindingOf = (port: string, host: string): string => `${port}@${host}`;

/** The port of a server, or undefined: the scenarios with ports have one for each server. */
export const portOf = (
  { ports }: { readonly ports: { readonly [port: string]: string | undefined } },
  server: string,
): string | undefined => Object.keys(ports).find((port) => ports[port] === server);

/** The port of a server is bound to the host, actively or not. */
export function isBound(cloud: Cloud, server: string, host: string): boolean {
  const port = portOf(cloud, server);
  return port !== undefined && cloud.bindings[bindingOf(port, host)] !== undefined;
}

/**
 * A further binding of a port, for another host. It is inactive: the port still works where it is.
 * Source: neutron:neutron/plugins/ml2/plugin.py@create_port_binding.
 */
export const createBinding = model.flow({
  name: 'neutron.create_port_binding',
  vars: (port: string, host: string) => ({ port, host, ...answering() }),
  steps: {
    create_port_binding(cloud, self) {
      const id = bindingOf(self.port, self.host);
      if (cloud.bindings[id] !== undefined) {
        self.reply = { outcome: 'conflict' };
        return 'done';
      }
      cloud.bindings[id] = 'inactive';
      self.reply = { outcome: 'ok' };
      return 'done';
    },
  },
});

/**
 * Makes one binding of a port the active one, and all others inactive, in one transaction.
 * Source: neutron:neutron/plugins/ml2/plugin.py@activate_port_binding.
 */
export const activateBinding = model.flow({
  name: 'neutron.activate_port_binding',
  vars: (port: string, host: string) => ({ port, host, ...answering() }),
  steps: {
    activate_port_binding(cloud, self) {
      const id = bindingOf(self.port, self.host);
      if (cloud.bindings[id] === undefined) {
        self.reply = { outcome: 'not_found' };
        return 'done';
      }
      for (const other of Object.keys(cloud.bindings)) {
        if (other.startsWith(`${self.port}@`)) cloud.bindings[other] = 'inactive';
      }
      cloud.bindings[id] = 'active';
      self.reply = { outcome: 'ok' };
      return 'done';
    },
  },
});

/** Deletes a binding. Source: neutron:neutron/plugins/ml2/plugin.py@delete_port_binding. */
export const deleteBinding = model.flow({
  name: 'neutron.delete_port_binding',
  vars: (port: string, host: string) => ({ port, host, ...answering() }),
  steps: {
    delete_port_binding(cloud, self) {
      delete cloud.bindings[bindingOf(self.port, self.host)];
      self.reply = { outcome: 'ok' };
      return 'done';
    },
  },
});
