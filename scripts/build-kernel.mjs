// Compiles the kernel and writes it as text: npm run kernel [-- --print]. The text is committed, so
// that users do not need the compiler; a test compiles it again and compares.
import { readFileSync, writeFileSync } from 'node:fs';
import asc from 'assemblyscript/asc';
import { transformSync } from 'esbuild';

/** Words of a state and of a set of actors; 0 where they are known only at run time. */
const VARIANTS = [
  [1, 1],
  [2, 1],
  [3, 1],
  [4, 1],
  [5, 1],
  [0, 0],
];
const OPTIONS = [
  '-O3',
  '--noAssert',
  '--importMemory',
  '--runtime=stub',
  '--enable=simd',
  '--enable=bulk-memory',
];

const read = (path) => readFileSync(new URL(`../${path}`, import.meta.url), 'utf8');

/** The names that the source and its callers share, as constants. */
async function names() {
  const { code } = transformSync(read('src/checker/kernel/parameters.ts'), { loader: 'ts' });
  const shared = await import(`data:text/javascript,${encodeURIComponent(code)}`);
  const { PARAMETERS, REASONS, KEPT_SETS } = shared;
  const SIZES = [
    'LEAF_HEAD',
    'OUTCOME_HEAD',
    'TEST_HEAD',
    'DECIDES_NOTHING',
    'MUST_JUDGE',
    'IS_THERE',
  ];
  return [
    ...PARAMETERS.map((name, at) => `const ${name}: usize = ${4 * at};`),
    ...REASONS.map((name, at) => `const ${name}: i32 = ${at};`),
    ...KEPT_SETS.map((name, at) => `const ${name}: i32 = ${at};`),
    `const SETS_KEPT: i32 = ${KEPT_SETS.length};`,
    ...SIZES.map((name) => `const ${name}: i32 = ${shared[name]};`),
  ].join('\n');
}

async function compile(source) {
  let binary;
  const { error, stderr } = await asc.main(['expand.ts', '--outFile=out.wasm', ...OPTIONS], {
    readFile: (name) => (name === 'expand.ts' ? source : null),
    writeFile: (name, data) => {
      if (name === 'out.wasm') binary = data;
    },
    listFiles: () => [],
  });
  if (error) throw new Error(stderr.toString(), { cause: error });
  return Buffer.from(binary).toString('base64');
}

/** The text of src/checker/kernel/code.ts. */
async function kernelCode() {
  const head = await names();
  const body = read('kernel/expand.ts');
  const lines = [];
  for (const [width, sets] of VARIANTS) {
    const text = `${head}\n${body}`
      .replaceAll('WIDTH_OF_STATE', String(width))
      .replaceAll('WORDS_OF_SET', String(sets));
    lines.push(`  '${width}.${sets}':\n    '${await compile(text)}',`);
  }
  return `// Written by scripts/build-kernel.mjs out of kernel/expand.ts: npm run kernel.

/**
 * The kernel as base64. The key has the words of a state and of a set of actors; 0 stands for any.
 */
export const CODE: { readonly [variant: string]: string } = {
${lines.join('\n')}
};
`;
}

const code = await kernelCode();
if (process.argv.includes('--print')) process.stdout.write(code);
else writeFileSync(new URL('../src/checker/kernel/code.ts', import.meta.url), code);
