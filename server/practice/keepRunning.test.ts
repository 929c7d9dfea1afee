import { expect, it } from 'vitest';
import { ManualClock, settle } from './clock';
import type { ClusterProcess, Ended, ReadyCluster } from './clusterProcess';
import { keepRunning } from './keepRunning';

const address: ReadyCluster = { url: 'https://127.0.0.1:1', kubeconfig: '/a', userKubeconfig: '/b' };

/** Processes that do as told: each start adds one to the list. */
function stage() {
  const clock = new ManualClock();
  const told: string[] = [];
  const runs: { die(ended?: Ended): void; serve(): void; wasToldToEnd: boolean }[] = [];
  const start = (): ClusterProcess => {
    let serve: (cluster: ReadyCluster) => void = () => {};
    let fail: (error: Error) => void = () => {};
    let die: (ended: Ended) => void = () => {};
    const ready = new Promise<ReadyCluster>((done, reject) => ([serve, fail] = [done, reject]));
    const exited = new Promise<Ended>((done) => (die = done));
    ready.catch(() => undefined);
    const run = {
      wasToldToEnd: false,
      serve: () => serve(address),
      die: (ended: Ended = { code: null, signal: 'SIGKILL' }) => {
        fail(new Error('ended'));
        die(ended);
      },
    };
    runs.push(run);
    const end = () => {
      run.wasToldToEnd = true;
      run.die({ code: 0, signal: null });
    };
    return { ready, exited, end };
  };
  const kept = keepRunning(start(), start, { clock, tell: (message) => told.push(message) });
  return { clock, told, runs, kept };
}

it('starts a killed one again, and says so', async () => {
  const { clock, told, runs } = stage();
  runs[0]?.die();
  await clock.advance(199);
  expect(runs).toHaveLength(1);
  await clock.advance(1);
  expect(runs).toHaveLength(2);
  runs[1]?.serve();
  await settle();
  expect(told).toEqual([
    'the practice cluster has ended by itself (SIGKILL); it is started again in 0.2 s',
    'the practice cluster answers again at https://127.0.0.1:1',
  ]);
});

it('waits longer each time, up to half a minute, and starts over after a good minute', async () => {
  const { clock, told, runs } = stage();
  for (let run = 0; run < 10; run++) {
    runs.at(-1)?.die({ code: 1, signal: null });
    await clock.advance(30_000);
  }
  expect(runs).toHaveLength(11);
  expect(told.map((line) => Number(/in ([\d.]+) s/.exec(line)?.[1]))).toEqual([
    0.2, 0.4, 0.8, 1.6, 3.2, 6.4, 12.8, 25.6, 30, 30,
  ]);
  await clock.advance(60_000);
  runs.at(-1)?.die();
  await settle();
  expect(told.at(-1)).toContain('in 0.2 s');
});

it('is not started again once it was told to stop', async () => {
  const { clock, runs, kept } = stage();
  await kept.stop();
  await clock.advance(60_000);
  expect(runs.map((run) => run.wasToldToEnd)).toEqual([true]);
});

it('ends one that is starting, and none is started in a pause', async () => {
  const starting = stage();
  starting.runs[0]?.die();
  await starting.clock.advance(200);
  await starting.kept.stop();
  expect(starting.runs.map((run) => run.wasToldToEnd)).toEqual([false, true]);

  const pausing = stage();
  pausing.runs[0]?.die();
  await settle();
  await pausing.kept.stop();
  expect(pausing.runs).toHaveLength(1);
});
