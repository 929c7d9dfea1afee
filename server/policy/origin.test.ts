import { describe, expect, it } from 'vitest';
import { Gate } from './origin';

const gate = new Gate(['lab.example']);

describe('Gate', () => {
  it.each([
    [{ host: '127.0.0.1:3000' }, 'GET'],
    [{ host: 'localhost:3000', origin: 'http://localhost:3000' }, 'POST'],
    [{ host: '[::1]:3000', origin: 'http://[::1]:3000' }, 'POST'],
    [{ host: 'lab.example', origin: 'https://lab.example', 'sec-fetch-site': 'same-origin' }, 'DELETE'],
    [{ host: 'localhost', 'sec-fetch-site': 'cross-site' }, 'GET'],
  ])('lets %j pass with %s', (headers, method) => expect(gate.refusal({ headers, method })).toBeUndefined());

  it.each([
    [{}, 'GET'],
    [{ host: 'evil.example' }, 'GET'],
    [{ host: 'localhost.evil.example' }, 'GET'],
    [{ host: 'localhost:3000', origin: 'http://evil.example' }, 'GET'],
    [{ host: 'localhost:3000', origin: 'http://localhost:4000' }, 'POST'],
    [{ host: 'localhost:3000', origin: 'null' }, 'POST'],
    [{ host: 'localhost:3000', 'sec-fetch-site': 'cross-site' }, 'POST'],
    [{ host: 'localhost:3000', 'sec-fetch-site': 'same-site' }, 'DELETE'],
  ])('refuses %j with %s', (headers, method) => expect(gate.refusal({ headers, method })).toBeTypeOf('string'));
});
