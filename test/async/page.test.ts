import { createHash } from 'node:crypto';
import { spec } from 'racewright';
import { expect, test } from 'vitest';
import { type Body, explore, modelOf, schedulePage } from '../../src/async/index.ts';
import { withdrawTwice } from './bodies.ts';

const body: Body = async (kit) => {
  const seen: string[] = [];
  const see = kit.call('see', async (name: string) => seen.push(name));
  const names = ['<script>alert(1)</script>', 'b"ob\u202e'];
  await Promise.all(names.map((name) => kit.task(name, () => see(name), { begins: 'at once' })));
  throw new Error(`</style><b>${seen.join()}</b>\nsecond & last line`);
};

test('a page shows a failing schedule as a diagram and as steps, and how to replay it', async () => {
  const page = schedulePage(await explore(withdrawTwice), 'two clerks');
  expect(page).toContain('<title>two clerks - racewright</title>');
  expect(page).toContain('<p class="verdict violated">violated</p>');
  expect(page.match(/<svg /g)).toHaveLength(1);
  expect(page).toContain('<td>2</td><td>ann.read</td><td>1</td><td></td>');
  expect(page).toContain('<tr class="failing"><td>6</td><td>ann.write</td>');
  expect(page).toContain('await replaySchedule(body, [&#39;ann.start&#39;');
  expect(page).toContain(
    '<li>2 schedules of at most 6 steps, 14 to make the failing one simpler</li>',
  );
});

test('a page without a failing schedule says what was covered', async () => {
  const page = schedulePage(await explore((kit) => kit.call('read', async () => 1)()), 'read');
  expect(page).toContain('<p class="verdict holds">holds</p>');
  expect(page).toContain('<li>every order was run</li>');
  expect(page).not.toContain('<svg');
});

test('a page shows what each step changed where the code is compared with a model', async () => {
  const model = modelOf(
    spec<{ balance: number }>().scenario({
      name: 'account',
      about: 'A balance.',
      system: () => ({ init: () => ({ balance: 1 }), actions: [] }),
    }),
    { unmodelled: ['take'] },
  );
  const exploration = await explore(async (kit) => {
    let balance = 1;
    kit.conforms(model, () => ({ balance }));
    const take = async () => {
      balance = 0;
    };
    await kit.call('take', take)();
  });
  expect(schedulePage(exploration, 'account')).toContain(
    '<td>take</td><td></td><td>balance: 1 → 0</td>',
  );
});

test('names and messages are text in a page, and ids are unique in it', async () => {
  const page = schedulePage(await explore(body, { goesOn: true }), '<i>title</i>');
  expect(page.match(/<section>/g)).toHaveLength(2);
  for (const odd of ['<script', '<b>', '<i>', '\u202e']) expect(page).not.toContain(odd);
  const ids = [...page.matchAll(/ id="([^"]*)"/g)].map(([, id]) => id);
  expect(new Set(ids).size).toBe(ids.length);
  for (const [, id = ''] of page.matchAll(/aria-labelledby="(\S+) /g)) expect(ids).toContain(id);
  expect(page).toContain('second &#38; last line');
});

test('a page loads nothing, and its policy allows the styles that it has and no other', async () => {
  const page = schedulePage(await explore(withdrawTwice), 'two clerks');
  const [, policy = ''] = /Content-Security-Policy" content="([^"]*)"/.exec(page) ?? [];
  const allowed = [...policy.matchAll(/sha256-([^&]*)&#39;/g)].map(([, hash]) => hash);
  const styles = [...page.matchAll(/<style>([^<]*)<\/style>/g)].map(([, text = '']) =>
    createHash('sha256').update(text).digest('base64'),
  );
  expect(policy).toContain('default-src &#39;none&#39;');
  expect(new Set(styles)).toEqual(new Set(allowed));
  expect(page).not.toMatch(/ (style|src|href)="(?!data:)/);
});
