/**
 * What one side, kubectl or the page, has shown of pods: for each name the lives it has had, and of each life when it was first
 * seen to appear, to be ready, to be terminating, and to be gone. The n-th life of a name on one side is the n-th on the other.
 */
export const moments = ['appears', 'ready', 'terminating', 'gone'];

export class Lives {
  byName = new Map();

  /** From kubectl's line. */
  line({ at, event, name, ready, status }) {
    if (event === 'ADDED') this.begin(name, at);
    if (status === 'Terminating') this.reach(name, 'terminating', at);
    else if (status === 'Running' && ready === '1/1') this.reach(name, 'ready', at);
    if (event === 'DELETED') this.reach(name, 'gone', at);
  }

  /** From a slot of the page, which shows the pod it has now, if any. */
  slot({ at, name, uid, state }) {
    const last = this.last(name);
    if (last && last.gone === undefined && last.uid !== uid) last.gone = at;
    if (uid === '') return;
    if (last?.uid !== uid) this.begin(name, at, uid);
    if (state === 'ready' || state === 'terminating') this.reach(name, state, at);
  }

  /** Names whose present life is ready and not ending. */
  ready() {
    return [...this.byName.keys()].filter((name) => {
      const { ready, terminating, gone } = this.last(name);
      return ready !== undefined && terminating === undefined && gone === undefined;
    });
  }

  /** Names with a pod, in whatever state. */
  present() {
    return [...this.byName.keys()].filter((name) => this.last(name).gone === undefined);
  }

  last(name) {
    return this.byName.get(name)?.at(-1);
  }

  begin(name, at, uid) {
    const lives = this.byName.get(name) ?? [];
    lives.push({ uid, appears: at });
    this.byName.set(name, lives);
  }

  reach(name, moment, at) {
    const life = this.last(name);
    if (life) life[moment] ??= at;
  }
}

/**
 * For each change that kubectl printed, how much later the page showed it, in ms; negative where the page was first. `never`
 * lists what the page did not show at all: it must be empty.
 */
export function compare(printed, shown) {
  const delays = Object.fromEntries(moments.map((moment) => [moment, []]));
  const never = [];
  for (const [name, lives] of printed.byName) {
    lives.forEach((life, index) => {
      const onPage = shown.byName.get(name)?.[index];
      for (const moment of moments) {
        if (life[moment] === undefined) continue;
        if (onPage?.[moment] === undefined) never.push(`${name}, life ${index + 1}: ${moment}`);
        else delays[moment].push(onPage[moment] - life[moment]);
      }
    });
  }
  return { delays, never };
}
