import type { Lab } from '../lib/lab/lab';
import { nginxWeb } from './nginx-web/lab';

export const labs: Lab[] = [nginxWeb];

export function findLab(name: string): Lab | undefined {
  return labs.find((lab) => lab.name === name);
}
