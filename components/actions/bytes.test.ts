import { describe, expect, it } from 'vitest';
import { hexOf, sizeOf, textOf } from './bytes';

const bytes = (...values: number[]) => Uint8Array.from(values);

describe('a file’s bytes', () => {
  it.each([
    ['text', new TextEncoder().encode('web-0 ñ\n\t'), 'web-0 ñ\n\t'],
    ['nothing', bytes(), ''],
    ['a zero byte', bytes(65, 0), undefined],
    ['half a letter', bytes(0xc3), undefined],
    ['an escape', bytes(27, 91), undefined],
  ])('are text or not: %s', (_, content, text) => {
    expect(textOf(content)).toBe(text);
  });

  it('are printed as hexdump prints them', () => {
    const content = Uint8Array.from({ length: 18 }, (_, index) => index + 60);
    expect(hexOf(content)).toBe(
      [
        '00000000  3c 3d 3e 3f 40 41 42 43  44 45 46 47 48 49 4a 4b  |<=>?@ABCDEFGHIJK|',
        '00000010  4c 4d                                             |LM|',
      ].join('\n'),
    );
  });

  it.each([
    [17, { unit: 'bytes', n: '17' }],
    [1536, { unit: 'kib', n: '1.5' }],
    [1024 * 1024, { unit: 'mib', n: '1.0' }],
  ])('%d have a size', (count, size) => {
    expect(sizeOf(count)).toEqual(size);
  });
});
