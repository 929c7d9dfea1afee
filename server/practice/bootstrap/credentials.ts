import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { User } from '../api/access/user';
import type { Ids } from '../ids';

/** The tokens of the people and programs that use this cluster, made once and kept, for their owner's eyes only. */
export interface Credentials {
  /** Signs service account tokens. */
  secret: string;
  admin: string;
  dashboard: string;
  student: string;
}

const names = ['secret', 'admin', 'dashboard', 'student'] as const;

export const adminUser: User = { name: 'practice-admin', groups: ['system:masters', 'system:authenticated'] };
export const dashboardUser: User = { name: 'ordinal-dashboard', groups: ['system:masters', 'system:authenticated'] };
export const studentUser: User = { name: 'student', groups: ['students', 'system:authenticated'] };

export function keptCredentials(directory: string, ids: Ids): Credentials {
  const file = join(directory, 'credentials.json');
  const found = read(file);
  const credentials = Object.fromEntries(names.map((name) => [name, found[name] ?? ids.hex(48)]));
  mkdirSync(directory, { recursive: true, mode: 0o700 });
  writeFileSync(file, JSON.stringify(credentials, null, 2), { mode: 0o600 });
  return credentials as Record<(typeof names)[number], string>;
}

function read(file: string): Partial<Record<string, string>> {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as Partial<Record<string, string>>;
  } catch {
    return {};
  }
}

export function usersByToken(credentials: Credentials): Map<string, User> {
  return new Map([
    [credentials.admin, adminUser],
    [credentials.dashboard, dashboardUser],
    [credentials.student, studentUser],
  ]);
}
