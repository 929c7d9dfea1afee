import type { History } from '../history';
import { podCells, podColumns } from './podCells';
import { podEvents, podList, type PodEvent } from './podEvents';
import { TabWriter } from './tabWriter';

export interface WatchLine {
  key: string;
  text: string;
}

/**
 * What `kubectl get pods -w` (with `isWide`, `-o wide`) has printed since this history began: the header with the first line, the
 * pods there are, and a line for each event. Nothing at all where there has been no pod.
 */
export function podWatchLines({ start, changes }: Pick<History, 'start' | 'changes'>, isWide: boolean): WatchLine[] {
  const writer = new TabWriter();
  const lines: WatchLine[] = [];
  const print = (events: PodEvent[]): void => {
    if (events.length === 0) return;
    const rows = events.map((event) => podCells(event, isWide));
    const isFirst = lines.length === 0;
    const texts = writer.lines(isFirst ? [podColumns(isWide), ...rows] : rows);
    const keys = isFirst ? ['header', ...events.map(({ key }) => key)] : events.map(({ key }) => key);
    texts.forEach((text, index) => lines.push({ key: keys[index] ?? text, text }));
  };
  print(podList(start.board, start.at));
  for (const change of changes) for (const event of podEvents(change)) print([event]);
  return lines;
}
