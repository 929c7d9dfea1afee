import type { Scenario } from '../trial';
import { hasReady, startWeb } from './web';

/** The scale subresource, which `kubectl scale` and autoscalers use: read, written, patched, refused. */
export const scaleSubresource: Scenario = {
  name: 'scale-subresource',
  values: ['statefulsets'],
  ordered: ['pods'],
  finally: ['pods'],
  async play(trial) {
    await startWeb(trial, { replicas: 1 });
    const scale = trial.path('statefulsets', 'web', 'scale');
    const { body } = await trial.answer('read', 'GET', scale);
    await trial.answer('write', 'PUT', scale, { ...body, spec: { replicas: 2 } });
    await trial.until('statefulsets', 'web', hasReady(2));
    await trial.answer('write with a stale version', 'PUT', scale, { ...body, spec: { replicas: 3 } });
    await trial.answer('patch', 'PATCH', scale, { spec: { replicas: 1 } });
    await trial.until('statefulsets', 'web', hasReady(1));
    await trial.answer('read again', 'GET', scale);
    await trial.answer('negative', 'PATCH', scale, { spec: { replicas: -1 } });
    await trial.answer('no number', 'PATCH', scale, { spec: { replicas: 'two' } });
    await trial.answer('another name', 'PUT', scale, { ...body, metadata: { name: 'other' } });
    await trial.answer('of nothing', 'GET', trial.path('statefulsets', 'none', 'scale'));
  },
};
