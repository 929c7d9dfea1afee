import type { Json, JsonObject } from '../json';
import type { Scenario, Trial } from '../trial';

/** Watches by hand: what a client is told when it comes with nothing, with an old version, with nonsense; and when it is told where it is. */

const map = (name: string, data: object = {}) => ({ metadata: { name, labels: { app: name } }, data });

/** What a watch with these parameters sends until it has sent enough, or ends. */
async function told(trial: Trial, parameters: string, isEnough: (seen: JsonObject[]) => boolean): Promise<Json> {
  const seen: JsonObject[] = [];
  const path = `${trial.path('configmaps')}?watch=true&${parameters}`;
  let enough = () => {};
  const stopped = new Promise<void>((done) => (enough = done));
  const stream = trial.api.stream(path, (event) => {
    seen.push(event);
    if (isEnough(seen)) enough();
  });
  await Promise.race([stopped, stream.ended]);
  stream.stop();
  return seen;
}

const ends = () => false;

async function versionNow(trial: Trial): Promise<string> {
  const { metadata } = await trial.api.must('GET', trial.path('configmaps'));
  return String((metadata as JsonObject).resourceVersion);
}

export const initialEvents: Scenario = {
  name: 'watch-initial-events-and-bookmarks',
  follow: [],
  async play(trial) {
    for (const name of ['a', 'b']) await trial.create('configmaps', map(name));
    const bookmark = (seen: JsonObject[]) => seen.at(-1)?.type === 'BOOKMARK';
    const initial = 'sendInitialEvents=true&resourceVersionMatch=NotOlderThan&allowWatchBookmarks=true';
    const only = 'labelSelector=app';
    trial.keep('initial events', await told(trial, `${initial}&${only}`, bookmark));
    trial.keep('initial events of nothing', await told(trial, `${initial}&labelSelector=none`, bookmark));
    trial.keep('from zero', await told(trial, `resourceVersion=0&${only}`, (seen) => seen.length === 2));
    trial.keep('from nothing', await told(trial, only, (seen) => seen.length === 2));
    trial.keep(
      'ends in its time',
      await told(trial, `timeoutSeconds=1&resourceVersion=${await versionNow(trial)}`, ends),
    );
  },
};

/** What leaves a selector is DELETED for who watches by it, and what enters is ADDED. */
export const selectors: Scenario = {
  name: 'watch-selectors',
  follow: [],
  async play(trial) {
    const version = await versionNow(trial);
    await trial.create('configmaps', map('a'));
    await trial.create('configmaps', map('b'));
    await trial.patch('configmaps', 'a', { metadata: { labels: { app: 'b' } } });
    await trial.patch('configmaps', 'a', { data: { key: 'value' } });
    await trial.patch('configmaps', 'b', { metadata: { labels: { app: 'a' } } });
    await trial.remove('configmaps', 'a');
    const from = `resourceVersion=${version}`;
    trial.keep('by label', await told(trial, `${from}&labelSelector=app%3Db`, (seen) => seen.length === 5));
    trial.keep('by name', await told(trial, `${from}&fieldSelector=metadata.name%3Db`, (seen) => seen.length === 2));
  },
};

export const expiry: Scenario = {
  name: 'watch-expiry-and-refusals',
  follow: [],
  async play(trial) {
    trial.keep('from long ago', await told(trial, 'timeoutSeconds=5&resourceVersion=1', ends));
    const path = trial.path('configmaps');
    const refused: Record<string, string> = {
      'no number': 'watch=true&resourceVersion=abc',
      'initial events without a match': 'watch=true&sendInitialEvents=true',
      'initial events in a list': 'sendInitialEvents=true',
      'a match in a watch': 'watch=true&resourceVersionMatch=Exact&resourceVersion=1',
      'a match without a version': 'resourceVersionMatch=Exact',
      'a match nobody knows': 'resourceVersionMatch=Nearly&resourceVersion=1',
      'exactly zero': 'resourceVersionMatch=Exact&resourceVersion=0',
      'a bad label selector': 'labelSelector=a%3D%3D%3Db',
      'a bad field selector': 'fieldSelector=spec',
      'a field nobody selects by': 'fieldSelector=spec.replicas%3D1',
      'a bad continue token': 'continue=abc',
      'a bad limit': 'limit=abc',
    };
    for (const [title, query] of Object.entries(refused)) await trial.answer(title, 'GET', `${path}?${query}`);
  },
};
