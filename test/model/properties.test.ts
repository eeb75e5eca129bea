import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { alwaysProperties } from '../../src/model/properties/always.ts';
import { atRestProperties } from '../../src/model/properties/at-rest.ts';
import { livenessProperties } from '../../src/model/properties/liveness.ts';

const folder = new URL('../../src/model/properties/', import.meta.url);

describe('properties', () => {
  test('no property reads a switch: a property does not depend on the release', () => {
    const texts = readdirSync(folder).map((file) => readFileSync(new URL(file, folder), 'utf8'));
    expect(texts.length).toBeGreaterThan(0);
    expect(texts.filter((text) => /\bswitches\b/i.test(text))).toEqual([]);
  });

  test('no two properties say the same', () => {
    const names = [...alwaysProperties, ...atRestProperties, ...livenessProperties].map(
      ({ name }) => name,
    );
    expect(new Set(names).size).toBe(names.length);
  });
});
