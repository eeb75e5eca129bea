import { EventEmitter } from 'node:events';
import { expect, test } from 'vitest';
import { explore, type Kit } from '../../src/async/index.ts';
import { answerOf, told } from './told.ts';

test('a timer never fires before one that was set earlier and waits no longer', async () => {
  const seen = await told(async (kit, tell) => {
    const { setTimeout, clearTimeout } = kit.timers;
    const fired: number[] = [];
    await new Promise<void>((resolve) => {
      const fire = (n: number) => {
        fired.push(n);
        if (fired.length === 3) resolve();
      };
      setTimeout(fire, 20, 20);
      clearTimeout(setTimeout(fire, 1, 99));
      setTimeout(fire, 10, 10);
      setTimeout(fire, 30, 30);
    });
    tell(fired.join());
  });
  expect(seen).toEqual(['10,20,30', '20,10,30']);
});

test('a timer that is refreshed waits anew, also after it has fired, but not once it is cleared', async () => {
  const seen = await told(async (kit, tell) => {
    let fired = 0;
    const timer = kit.timers.setTimeout(() => {
      fired += 1;
      if (fired < 3) timer.refresh();
    }, 5);
    timer.refresh();
    await kit.timers.sleep(50).then(() => kit.timers.sleep(50));
    kit.timers.clearTimeout(timer);
    timer.refresh();
    await kit.timers.sleep(100);
    tell(`${fired}`);
  });
  expect(seen).toEqual(['2', '3']);
});

test('an interval fires again and again until it is cleared', async () => {
  const seen = await told(async (kit, tell) => {
    const { setInterval, clearInterval, setImmediate } = kit.timers;
    let ticks = 0;
    await new Promise<void>((resolve) => {
      const timer = setInterval(() => {
        ticks += 1;
        if (ticks < 3) return;
        clearInterval(timer);
        setImmediate(resolve);
      }, 10);
    });
    tell(String(ticks));
  });
  expect(seen).toEqual(['3']);
});

test('a time-out races with the answer in both orders', async () => {
  const seen = await told(async (kit, tell) => {
    const ask = kit.call('ask', async () => 'answer');
    const late = kit.timers.sleep(5_000).then(() => 'time-out');
    tell(await kit.task('ann', () => Promise.race([ask(), late])));
  });
  expect(seen).toEqual(['answer', 'time-out']);
});

test('a signal is aborted at each moment, or never', async () => {
  const body = async (kit: Kit, tell: (what: string) => void) => {
    const signal = kit.abort('request');
    const step = kit.call('step', async () => {});
    let done = 0;
    await kit.task('ann', async () => {
      for (; done < 3 && !signal.aborted; done++) await step();
    });
    tell(`${done}`);
  };
  expect(await told(body)).toEqual(['3']);
  expect(await told(body, { faults: { abort: 1 } })).toEqual(['0', '1', '2', '3']);
});

test('fetch ends where its signal is aborted', async () => {
  const seen = await told(
    async (kit, tell) => {
      const fetch = kit.fetch(async () => new Response('hello'));
      const signal = kit.abort('request', new Error('gone'));
      const get = async () => (await fetch('https://example.test/', { signal })).text();
      const put = () => fetch(new Request('https://example.test/', { method: 'PUT', signal }));
      tell(await kit.task('ann', () => answerOf(get())));
      tell(await kit.task('bob', () => answerOf(put())));
    },
    { faults: { abort: 1 } },
  );
  expect(seen).toEqual(['[object Response]', 'gone', 'hello']);
});

test('a call of fetch is named by its method and path', async () => {
  const { failing } = await explore(async (kit) => {
    await kit.fetch(async () => new Response())('https://a.test/b?c=1', { method: 'post' });
    throw new Error('at the end');
  });
  expect(failing.map(({ schedule }) => schedule)).toEqual([['POST /b']]);
});

test('events of one emitter come in order, those of two in any order', async () => {
  const emitters = [new EventEmitter(), new EventEmitter()] as const;
  const seen = await told(async (kit, tell) => {
    const got: string[] = [];
    const [left, right] = [kit.emitter('left', emitters[0]), kit.emitter('right', emitters[1])];
    const all = new Promise<void>((resolve) => {
      for (const emitter of [left, right]) {
        emitter.removeAllListeners('message');
        emitter.on('message', (text: string) => {
          got.push(text);
          if (got.length === 3) resolve();
        });
      }
    });
    left.emit('message', 'a1');
    left.emit('message', 'a2');
    right.emit('message', 'b');
    await all;
    tell(got.join(' '));
  });
  expect(seen).toEqual(['a1 a2 b', 'a1 b a2', 'b a1 a2']);
  expect(Object.hasOwn(emitters[0], 'emit')).toBe(false);
});

test('messages of a stream come in order, interleaved with other calls', async () => {
  const seen = await told(async (kit, tell) => {
    const got: string[] = [];
    const messages = kit.stream('jobs', ['1', '2']);
    const read = async () => {
      for await (const message of messages) got.push(message);
    };
    const call = kit.call('call', async () => got.push('c'));
    await Promise.all([
      kit.task('reader', read, { begins: 'at once' }),
      kit.task('caller', () => call(), { begins: 'at once' }),
    ]);
    tell(got.join(''));
  });
  expect(seen).toEqual(['12c', '1c2', 'c12']);
});
