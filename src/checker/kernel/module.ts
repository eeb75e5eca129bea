import type { Memory } from '../state/growing-words.ts';
import { CODE } from './code.ts';
import { REASONS, type Reason } from './parameters.ts';

/** Expands states as its parameters say, and returns why it stopped. */
export type Kernel = () => Reason;

interface Platform {
  readonly atob: (text: string) => string;
  readonly WebAssembly: {
    readonly Module: new (code: Uint8Array) => object;
    readonly Instance: new (
      module: object,
      imports: { readonly env: { readonly memory: Memory } },
    ) => { readonly exports: { readonly run: () => number } };
  };
}

const modules = new Map<string, object>();

/**
 * The kernel for states of `width` words and sets of actors of `sets` words. Throws where there is
 * no WebAssembly or no support for its vectors.
 */
export function kernelFor(width: number, sets: number, memory: Memory): Kernel {
  // The checker is compiled without platform types, so the compiler cannot know that this platform
  // has them.
  const { WebAssembly, atob } = globalThis as unknown as Platform;
  const own = `${width}.${sets}`;
  const variant = own in CODE ? own : '0.0';
  const known = modules.get(variant);
  const module = known ?? new WebAssembly.Module(bytesOf(atob(CODE[variant] as string)));
  modules.set(variant, module);
  const { run } = new WebAssembly.Instance(module, { env: { memory } }).exports;
  return () => REASONS[run()] as Reason;
}

function bytesOf(binary: string): Uint8Array {
  return Uint8Array.from(binary, (char) => char.charCodeAt(0));
}
