/**
 * `npm run bench:practice`: how soon the practice cluster answers, what it holds, and what a get costs while thousands of pods
 * start. Prints each number beside its limit, and ends with an error when one is beyond it. `--sets N` makes it smaller.
 */
import { parseArgs } from 'node:util';
import { firstAnswer } from './bench-practice/firstAnswer.mjs';
import { inMs } from './samples.mjs';
import { sideBySide } from './bench-practice/sideBySide.mjs';
import { held, storm } from './bench-practice/storm.mjs';
import { ensureBuilt, ensureInstalled } from './setup.mjs';

const limits = { firstAnswerMs: 1000, rssMb: 600, slowdown: 20 };
const { values } = parseArgs({ options: { sets: { type: 'string', default: '1000' } } });
const sets = Number(values.sets);
let failed = false;

const inSeconds = (seconds) => `${seconds.toFixed(1)} s`;

function judge(text, value, limit) {
  const holds = value <= limit;
  failed ||= !holds;
  console.log(`${holds ? 'holds  ' : 'BEYOND '} ${text}`);
}

await ensureInstalled();
await ensureBuilt({ page: false });

const answered = await firstAnswer();
if (answered === undefined) console.log('not run: the first answer, as no kubectl is installed');
else judge(`kubectl get nodes ${inMs(answered)} after npm run practice (limit 1 s)`, answered, limits.firstAnswerMs);

const { idle, busy, seconds, loop } = await storm(Math.ceil(sets / 2));
const slowdown = busy.p99 / idle.p50;
judge(
  `a get while ${Math.ceil(sets / 2) * 10} pods start: p99 ${inMs(busy.p99)}, idle p50 ${inMs(idle.p50)}: ${slowdown.toFixed(1)}x (limit ${limits.slowdown}x)`,
  slowdown,
  limits.slowdown,
);
console.log(
  `        all ready in ${seconds.toFixed(1)} s, ${busy.count} gets, the slowest ${inMs(busy.max)}; longest block of the loop ${inMs(loop.longestMs)}, longest collection ${inMs(loop.gcMs)}`,
);

const memory = await held(sets);
judge(
  `${sets} sets of 10 pods on 100 nodes: ${memory.full.rss.toFixed(0)} MB resident (limit ${limits.rssMb} MB), ${memory.full.heapUsed.toFixed(0)} MB of it live heap`,
  memory.full.rss,
  limits.rssMb,
);
console.log(
  `        the empty cluster: ${memory.empty.rss.toFixed(0)} MB; all ready in ${memory.seconds.toFixed(1)} s`,
);

const parallel = 50;
const { atDefaultPace, atTestSpeed, real } = await sideBySide(parallel);
console.log(
  `        a Parallel set of ${parallel} from apply to all Ready: ${inSeconds(atDefaultPace)} at the default pace, ${inSeconds(atTestSpeed)} at test speed; ` +
    (real === undefined
      ? 'the real control plane was not run, as Go is needed to build it'
      : `${inSeconds(real)} on a real control plane with hollow nodes`),
);
process.exit(failed ? 1 : 0);
