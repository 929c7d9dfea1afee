import { existsSync, readFileSync } from 'node:fs';

/** Colours of a terminal, which reports carry along. */
const COLOURS = /\u001b\[[0-9;]*m/g;

/** Of a message: what fits a list of failures. */
export const firstLine = (text = '') => text.replace(COLOURS, '').trim().split('\n', 1)[0];

/** Of Vitest: files with tests; a file that does not load has a message and no failing test. */
function ofVitest({ numPassedTests: passed, testResults }) {
  const failures = testResults.flatMap(({ name, status, message, assertionResults }) => {
    const tests = assertionResults.filter((test) => test.status === 'failed');
    if (tests.length === 0 && status === 'failed') return [`${name}: ${firstLine(message)}`];
    return tests.map(({ fullName, failureMessages }) => `${fullName}: ${firstLine(failureMessages[0])}`);
  });
  return { passed, failures };
}

function specsOf({ specs = [], suites = [] }, path = []) {
  const below = suites.flatMap((suite) => specsOf(suite, [...path, suite.title]));
  return [...specs.map((spec) => ({ ...spec, path: [...path, spec.title] })), ...below];
}

/** Of Playwright: suites in suites; errors that belong to no test stand beside them. */
function ofPlaywright({ stats, suites, errors = [] }) {
  const failed = specsOf({ suites }).flatMap(({ path, tests }) =>
    tests
      .filter(({ status }) => status === 'unexpected' || status === 'flaky')
      .map(({ projectName, results }) => {
        const error = results.flatMap((result) => result.errors).at(0);
        return `[${projectName}] ${path.join(' › ')}: ${firstLine(error?.message)}`;
      }),
  );
  return { passed: stats.expected, failures: [...failed, ...errors.map(({ message }) => firstLine(message))] };
}

/** A program that should have written one. */
export const noReport = { passed: 0, failures: ['it wrote no report'] };

/**
 * What a report of Vitest or Playwright says: how many tests passed, and each that failed, in one line with the first line of its
 * message. A report that is not there is a failure by itself.
 */
export function readTestReport(file) {
  if (!existsSync(file)) return noReport;
  const report = JSON.parse(readFileSync(file, 'utf8'));
  return report.stats ? ofPlaywright(report) : ofVitest(report);
}
