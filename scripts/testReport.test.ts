import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { readTestReport } from './testReport.mjs';

const folder = mkdtempSync(join(tmpdir(), 'test-report-'));
afterAll(() => rmSync(folder, { recursive: true }));

function read(report: object) {
  const file = join(folder, 'report.json');
  writeFileSync(file, JSON.stringify(report));
  return readTestReport(file);
}

describe('a report of Vitest', () => {
  const passing = { status: 'passed', fullName: 'claim binds', failureMessages: [] };

  it('names each test that failed, with the first line of why', () => {
    const failing = {
      status: 'failed',
      fullName: 'slot waits',
      failureMessages: ['\u001b[31mexpected 1\u001b[39m\n at x'],
    };
    const testResults = [{ name: 'a.test.ts', status: 'failed', message: '', assertionResults: [passing, failing] }];
    expect(read({ numPassedTests: 1, testResults })).toEqual({ passed: 1, failures: ['slot waits: expected 1'] });
  });

  it('names a file that did not load', () => {
    const testResults = [
      { name: 'b.test.ts', status: 'failed', message: 'no such module\n at y', assertionResults: [] },
    ];
    expect(read({ numPassedTests: 0, testResults })).toEqual({ passed: 0, failures: ['b.test.ts: no such module'] });
  });
});

describe('a report of Playwright', () => {
  const spec = (title: string, status: string, errors: object[] = []) => ({
    title,
    tests: [{ projectName: 'browser', status, results: [{ errors }] }],
  });
  const suites = [
    {
      title: 'sets.spec.ts',
      specs: [spec('scales', 'expected')],
      suites: [{ title: 'a set', specs: [spec('starts in order', 'unexpected', [{ message: 'timed out\nlog' }])] }],
    },
  ];

  it('names each test by its file, suite and title', () => {
    expect(read({ stats: { expected: 1 }, suites })).toEqual({
      passed: 1,
      failures: ['[browser] sets.spec.ts › a set › starts in order: timed out'],
    });
  });

  it('keeps what failed outside any test', () => {
    const report = { stats: { expected: 0 }, suites: [], errors: [{ message: 'no browser' }] };
    expect(read(report)).toEqual({ passed: 0, failures: ['no browser'] });
  });
});

it('takes a report that is not there for a failure', () => {
  expect(readTestReport(join(folder, 'absent.json'))).toEqual({ passed: 0, failures: ['it wrote no report'] });
});
