/** The few of upstream's API server metrics that are asked for, under upstream's names, in Prometheus' text format. */
export interface RequestLabels {
  verb: string;
  group: string;
  version: string;
  resource: string;
  subresource: string;
  scope: string;
}

const durationBuckets = [
  0.005, 0.025, 0.05, 0.1, 0.2, 0.4, 0.6, 0.8, 1, 1.25, 1.5, 2, 3, 4, 5, 6, 8, 10, 15, 20, 30, 45, 60,
];

interface Histogram {
  counts: number[];
  sum: number;
  count: number;
}

export class Metrics {
  private readonly totals = new Map<string, number>();
  private readonly longrunning = new Map<string, number>();
  private readonly durations = new Map<string, Histogram>();

  /** A request has been answered. */
  answered(labels: RequestLabels, code: number, seconds: number): void {
    const key = labelText({ code: String(code), component: 'apiserver', dry_run: '', ...labels });
    this.totals.set(key, (this.totals.get(key) ?? 0) + 1);
    if (labels.verb !== 'WATCH' && labels.verb !== 'CONNECT') this.observe(labels, seconds);
  }

  /** A watch, log or exec has begun. Call what is returned when it is over. */
  began(labels: RequestLabels): () => void {
    const key = labelText({ component: 'apiserver', ...labels });
    this.longrunning.set(key, (this.longrunning.get(key) ?? 0) + 1);
    let isOver = false;
    return () => {
      if (!isOver) this.longrunning.set(key, (this.longrunning.get(key) ?? 1) - 1);
      isOver = true;
    };
  }

  text(objects: Iterable<[resource: string, count: number]>): string {
    return [
      ...head(
        'apiserver_request_total',
        'counter',
        'Counter of apiserver requests broken out for each verb, dry run value, group, version, resource, scope, component, and HTTP response code.',
      ),
      ...lines('apiserver_request_total', this.totals),
      ...head(
        'apiserver_longrunning_requests',
        'gauge',
        'Gauge of all active long-running apiserver requests broken out by verb, group, version, resource, scope and component.',
      ),
      ...lines('apiserver_longrunning_requests', this.longrunning),
      ...head(
        'apiserver_request_duration_seconds',
        'histogram',
        'Response latency distribution in seconds for each verb, dry run value, group, version, resource, subresource, scope and component.',
      ),
      ...this.durationLines(),
      ...head(
        'apiserver_storage_objects',
        'gauge',
        'Number of stored objects at the time of last check split by kind.',
      ),
      ...[...objects].map(([resource, count]) => `apiserver_storage_objects{resource="${resource}"} ${count}`),
      '',
    ].join('\n');
  }

  private observe(labels: RequestLabels, seconds: number): void {
    const key = labelText({ component: 'apiserver', dry_run: '', ...labels });
    let histogram = this.durations.get(key);
    if (!histogram) this.durations.set(key, (histogram = { counts: durationBuckets.map(() => 0), sum: 0, count: 0 }));
    histogram.sum += seconds;
    histogram.count++;
    const bucket = durationBuckets.findIndex((limit) => seconds <= limit);
    if (bucket >= 0) histogram.counts[bucket] = (histogram.counts[bucket] ?? 0) + 1;
  }

  private *durationLines(): Generator<string> {
    const name = 'apiserver_request_duration_seconds';
    for (const [key, { counts, sum, count }] of this.durations) {
      let below = 0;
      for (const [i, limit] of durationBuckets.entries())
        yield `${name}_bucket{${key},le="${limit}"} ${(below += counts[i] ?? 0)}`;
      yield `${name}_bucket{${key},le="+Inf"} ${count}`;
      yield `${name}_sum{${key}} ${sum}`;
      yield `${name}_count{${key}} ${count}`;
    }
  }
}

function head(name: string, type: string, help: string): string[] {
  return [`# HELP ${name} ${help}`, `# TYPE ${name} ${type}`];
}

function lines(name: string, values: Map<string, number>): string[] {
  return [...values].map(([key, value]) => `${name}{${key}} ${value}`);
}

/** Labels in the order of their names, as Prometheus' own client writes them. */
function labelText(labels: Record<string, string>): string {
  return Object.keys(labels)
    .sort()
    .map((name) => `${name}="${(labels[name] ?? '').replace(/[\\"\n]/g, '_')}"`)
    .join(',');
}
