import { Bench } from '../../testing/bench';
import type { Pod } from '../../testing/bench';

/** The commands that make the tree in which find is tried out, with what they read. */
export const tree: readonly (readonly [argv: readonly string[], stdin?: string])[] = [
  [['mkdir', '-p', 't/sub/deep', 't/empty', 't/.hid', 't/full']],
  [['tee', 't/a.txt'], 'hello'],
  [['tee', 't/none'], ''],
  [['tee', 't/big'], 'x'.repeat(5000)],
  [['tee', 't/sub/b.log'], 'x'],
  [['tee', 't/sub/deep/c d.txt'], 'y'],
  [['tee', 't/ü\n"'], '1'],
  [['tee', 't/.hid/.x'], ''],
  [['tee', 't/full/x'], 'z'],
  [['ln', '-s', 'a.txt', 't/link']],
  [['ln', '-s', 'nope', 't/broken']],
  [['ln', '-s', '..', 't/sub/loop']],
  [['ln', 't/a.txt', 't/hard']],
  [['chmod', '755', 't/sub/b.log']],
  [['chmod', '4755', 't/a.txt']],
  [['chmod', '600', 't/big']],
  [['chown', '12345:54321', 't/none']],
  [['touch', '-d', '2020-01-02 03:04:05', 't/big', 't/sub/b.log']],
  [['touch', '-d', '2024-02-29 13:04:05', 't/a.txt', 't/none']],
];

/** A pod that stands in a folder with the tree in it. */
export async function podWithTree(image: string): Promise<Pod> {
  const options = { image, command: ['sleep', '1000000'], workingDir: '/tmp' };
  const pod = await new Bench().pod('pod', options);
  for (const [argv, stdin] of tree) await pod.run([...argv], stdin === undefined ? {} : { stdin });
  return pod;
}
