import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createTranslator } from 'use-intl/core';
import { describe, expect, it } from 'vitest';
import { en } from './en';
import { es } from './es';

type Tree = { [key: string]: string | Tree };

function flatten(tree: Tree, prefix = ''): Map<string, string> {
  return new Map(
    Object.entries(tree).flatMap(([key, value]) =>
      typeof value === 'string' ? [[`${prefix}${key}`, value] as const] : [...flatten(value, `${prefix}${key}.`)],
    ),
  );
}

/** The names between braces that a message is filled with; what stands after `one`, `other` and `oc` is words. */
const argumentsOf = (message: string) =>
  [...new Set([...message.matchAll(/(?<!one |other |oc )\{(\w+)(?=[,}])/g)].map((match) => match[1]))].toSorted();

const english = flatten(en);
const spanish = flatten(es);

describe('messages', () => {
  it('has every message in both languages', () => {
    expect([...spanish.keys()]).toEqual([...english.keys()]);
  });

  it('leaves none empty', () => {
    expect([...english, ...spanish].filter(([, text]) => text.trim() === '')).toEqual([]);
  });

  it.each([...english.keys()])('fills %s with the same parts in both languages', (key) => {
    expect(argumentsOf(spanish.get(key) ?? '')).toEqual(argumentsOf(english.get(key) ?? ''));
  });

  it.each([
    ['en', en, english],
    ['es', es, spanish],
  ] as const)('can be read: %s', (locale, messages, flat) => {
    const problems: string[] = [];
    const t = createTranslator({ locale, messages, onError: (error) => problems.push(error.message) });
    for (const [key, text] of flat) {
      const values = Object.fromEntries(argumentsOf(text).map((name) => [name, 2]));
      Reflect.apply(t, undefined, [key, values]);
    }
    expect(problems).toEqual([]);
  });

  it('keeps no message that nothing uses', () => {
    const sources = ['components', 'app'].flatMap((room) =>
      readdirSync(room, { recursive: true, encoding: 'utf8' })
        .filter((file) => /\.tsx?$/.test(file) && !file.includes('messages') && !file.includes('.test.'))
        .map((file) => readFileSync(join(room, file), 'utf8')),
    );
    const all = sources.join('\n');
    const unused = [...english.keys()].filter((key) => {
      const last = key.slice(key.lastIndexOf('.') + 1);
      return !new RegExp(`['\`.]${last}['\`]|\\b${last}:|'${last}'`).test(all);
    });
    // Looked up by a value of the model, so that no source names them one by one.
    const byValue =
      /^(state|life\.end|stateHint|reason|recording\.problem|error|freshness\.cause|claim|volume|unit|dns|outcome|story\.what|story\.why|file\.onVolume)\./;
    expect(unused.filter((key) => !byValue.test(key))).toEqual([]);
  });
});
