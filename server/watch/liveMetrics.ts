import type { Live } from './live';

interface Metric {
  name: string;
  help: string;
  type: 'counter' | 'gauge';
  values: { labels?: Record<string, string>; value: number }[];
}

interface StreamCounters {
  viewers: number;
  counters(): { sent: number; skipped: number; frames: number; rooms: number };
}

/** What an operator wants to see on a chart: how the watches stand, and what reaches the viewers. */
export function liveMetrics(live: Live, stream: StreamCounters, now: number): Metric[] {
  const views = live.watch.views();
  const labels = (view: (typeof views)[number]) => ({ kind: view.kind, namespace: view.namespace });
  const age = (at: number | undefined): number => (at === undefined ? -1 : Math.max(0, now - at) / 1000);
  const { sent, skipped, frames, rooms } = stream.counters();
  const single = (name: string, type: Metric['type'], help: string, value: number): Metric => {
    return { name, type, help, values: [{ value }] };
  };
  return [
    {
      name: 'ordinal_watch_up',
      type: 'gauge',
      help: 'Whether a watch is open (1) or not (0), with its state.',
      values: views.map((view) => {
        return { labels: { ...labels(view), state: view.status.state }, value: view.status.state === 'live' ? 1 : 0 };
      }),
    },
    {
      name: 'ordinal_watch_objects',
      type: 'gauge',
      help: 'Objects known of each kind.',
      values: views.map((view) => ({ labels: labels(view), value: view.objects })),
    },
    {
      name: 'ordinal_watch_heard_age_seconds',
      type: 'gauge',
      help: 'Since a watch last brought anything, a bookmark included; -1 for never.',
      values: views.map((view) => ({ labels: labels(view), value: age(view.status.lastHeardAt) })),
    },
    {
      name: 'ordinal_watch_event_age_seconds',
      type: 'gauge',
      help: 'Since a watch last brought a change; -1 for never.',
      values: views.map((view) => ({ labels: labels(view), value: age(view.status.lastEventAt) })),
    },
    single('ordinal_viewers', 'gauge', 'Pages connected.', stream.viewers),
    single('ordinal_boards', 'gauge', 'Namespaces that somebody looks at.', rooms),
    single('ordinal_frames_total', 'counter', 'Frames of changes made.', frames),
    single('ordinal_deliveries_total', 'counter', 'Frames written to viewers.', sent),
    single('ordinal_skipped_total', 'counter', 'Frames not written because a viewer was slow.', skipped),
    single('process_resident_memory_bytes', 'gauge', 'Memory in use.', process.memoryUsage().rss),
    single(
      'process_cpu_seconds_total',
      'counter',
      'CPU time used.',
      process.cpuUsage().user / 1e6 + process.cpuUsage().system / 1e6,
    ),
  ];
}
