import type { ServerResponse } from 'node:http';
import { once } from 'node:events';
import type { KubernetesObject } from '../../../../lib/kubernetes/metadata';
import type { Timer } from '../../clock';
import { TooOldError } from '../../storage/storage';
import type { Core } from '../core';
import { asStatusError, expiredError, invalidError } from '../errors';
import { forbidden, notSupported, type FieldError } from '../fieldError';
import type { Kind } from '../kinds/kind';
import { parseRevision, type ListQuery, type Selection } from '../operations/list';
import { watchObjects } from '../operations/watch';
import { apiVersionOf } from '../registry';
import type { Output } from './accept';
import { eventBytes } from './protobuf';
import { emptyTable, partial, renderObject, type RenderContext } from './render';
import { nextTurn } from './respond';

export interface WatchQuery extends ListQuery {
  allowWatchBookmarks?: boolean;
  timeoutSeconds?: number;
}

/** Throws the 422 on kind ListOptions (internalversion/validation.go validateWatchOptions). */
export function validateWatchQuery({ resourceVersionMatch: match = '', ...query }: WatchQuery): void {
  const field = 'resourceVersionMatch';
  const errors: FieldError[] = [];
  if (query.sendInitialEvents !== undefined && match !== 'NotOlderThan')
    errors.push(forbidden(field, `sendInitialEvents requires setting ${field} to NotOlderThan`));
  if (match !== '' && query.sendInitialEvents === undefined)
    errors.push(forbidden(field, `${field} is forbidden for watch unless sendInitialEvents is provided`));
  if (match !== '' && match !== 'NotOlderThan') errors.push(notSupported(field, match, ['NotOlderThan']));
  if (match !== '' && query.continue) errors.push(forbidden(field, `${field} is forbidden when continue is provided`));
  if (errors.length > 0) throw invalidError({ group: 'meta.k8s.io', kind: 'ListOptions' }, '', errors);
}

const bookmarkEveryMs = 60_000;
/** Without a wish of the client a watch lasts between half an hour and an hour, so that not all end at once. */
const shortestMs = 30 * 60_000;
/** A client that lets this much pile up is cut off; it comes back with its last revision. */
const mostWaitingBytes = 16 * 1024 * 1024;
/** Initial objects written before other requests get their turn. */
const sliceLength = 100;

export interface WatchRequest {
  core: Core;
  kind: Kind;
  selection: Selection;
  query: WatchQuery;
  output: Output;
  context: RenderContext;
}

/** One watch over HTTP: events as lines of JSON, or as frames of protobuf, until the time is up, the client goes, or the server closes. */
export class WatchStream {
  private readonly timers: Timer[] = [];
  private subscription: { stop(): void } | undefined;
  private isOver = false;
  private isCorked = false;
  private isFirst = true;

  constructor(
    private readonly request: WatchRequest,
    private readonly response: ServerResponse,
    private readonly encoder: EventEncoder,
  ) {}

  /** Resolves when the stream has ended, for whatever reason. */
  async run(): Promise<void> {
    const { response } = this;
    const closed = new Promise<void>((resolve) => response.once('close', resolve));
    response.on('error', () => this.end());
    response.statusCode = 200;
    response.setHeader('Content-Type', this.request.output.mediaType);
    response.setHeader('Cache-Control', 'no-cache, private');
    response.flushHeaders();
    // Events follow one another closely: each must leave at once, not wait for the last to be acknowledged.
    response.socket?.setNoDelay(true);
    try {
      await this.begin();
    } catch (error) {
      this.fail(error);
    }
    await closed;
    this.stop();
  }

  /** Ends the stream in good order, as when the server closes: the client starts another one. */
  end(): void {
    if (this.isOver) return;
    this.stop();
    // Node 24 drops what is still corked when a chunked answer ends.
    this.flush();
    this.response.end();
  }

  private async begin(): Promise<void> {
    const { core, query } = this.request;
    this.setTimers();
    const asked = parseRevision(query.resourceVersion);
    const isFromNow = asked === undefined || asked === 0;
    const wantsState = query.sendInitialEvents ?? isFromNow;
    const from = wantsState ? await this.sendState() : isFromNow ? core.storage.revision : asked;
    if (!this.isOver) this.follow(from);
  }

  private setTimers(): void {
    const { core, query } = this.request;
    const lifeMs = query.timeoutSeconds ? query.timeoutSeconds * 1000 : shortestMs * (1 + core.ids.fraction());
    this.timers.push(core.clock.after(lifeMs, () => this.expire()));
    if (query.allowWatchBookmarks) this.bookmarkLater();
  }

  private bookmarkLater(): void {
    const { clock } = this.request.core;
    const timer = clock.after(bookmarkEveryMs, () => {
      this.bookmark();
      this.timers.splice(this.timers.indexOf(timer), 1);
      this.bookmarkLater();
    });
    this.timers.push(timer);
  }

  /** The last bookmark spares the next watch the events of this one's silence. */
  private expire(): void {
    if (this.request.query.allowWatchBookmarks) this.bookmark();
    this.end();
  }

  /** Everything as it is now, as ADDED. Returns the revision it was at; what changes meanwhile is remembered by storage. */
  private async sendState(): Promise<number> {
    const { core, kind, selection, query } = this.request;
    const { objects, revision } = core.storage.list(kind.plural, {
      prefix: selection.prefix,
      matches: selection.matches,
    });
    for (let i = 0; i < objects.length && !this.isOver; i++) {
      const object = objects[i];
      if (object) this.send('ADDED', object);
      if (i % sliceLength === sliceLength - 1) await this.drained();
    }
    if (query.sendInitialEvents && query.allowWatchBookmarks)
      this.bookmark(revision, { 'k8s.io/initial-events-end': 'true' });
    return revision;
  }

  private async drained(): Promise<void> {
    if (this.response.writableNeedDrain && !this.isOver) {
      const gone = new Promise((resolve) => this.response.once('close', resolve));
      await Promise.race([once(this.response, 'drain'), gone]);
    }
    await nextTurn();
  }

  private follow(from: number): void {
    const { core, kind, selection } = this.request;
    this.subscription = watchObjects(core, kind, selection, from, ({ type, object }) => this.send(type, object));
  }

  private send(type: string, object: KubernetesObject): void {
    if (this.isOver) return;
    this.write(this.encoder.encode(type, object, this.request, this.isFirst));
    this.isFirst = false;
  }

  private bookmark(revision = this.request.core.storage.revision, annotations?: Record<string, string>): void {
    const { kind, output } = this.request;
    const resourceVersion = String(revision);
    const metadata = { resourceVersion, ...(annotations ? { annotations } : {}) };
    const object = { kind: kind.kind, apiVersion: apiVersionOf(kind), metadata };
    if (output.codec) return this.write(eventBytes(output.codec, 'BOOKMARK', kind, object, output));
    const shown = output.as === 'Object' ? object : partial(object, output.version);
    const text = output.as === 'Table' ? emptyTable(output, resourceVersion) : JSON.stringify(shown);
    this.write(`{"type":"BOOKMARK","object":${text}}\n`);
  }

  /** Events of one turn of the event loop leave in one packet. */
  private write(line: string | Uint8Array): void {
    const { response } = this;
    if (this.isOver || response.destroyed) return;
    if (response.writableLength > mostWaitingBytes) return void response.destroy();
    if (!this.isCorked) {
      this.isCorked = true;
      response.cork();
      process.nextTick(() => this.flush());
    }
    response.write(line);
  }

  private flush(): void {
    if (!this.isCorked) return;
    this.isCorked = false;
    this.response.uncork();
  }

  /** A watch that has begun can fail only in the stream. */
  private fail(error: unknown): void {
    const known = error instanceof TooOldError ? expiredError(error.message) : asStatusError(error);
    const status = known.toStatus();
    const { codec } = this.request.output;
    if (codec) this.write(codec.encodeEvent('ERROR', status, codec.messageOf(status)));
    else this.write(`{"type":"ERROR","object":${JSON.stringify(status)}}\n`);
    this.end();
  }

  private stop(): void {
    this.isOver = true;
    this.subscription?.stop();
    for (const timer of this.timers) timer.cancel();
    this.timers.length = 0;
  }
}

/** Encodes events. All watchers of a change ask for it one after the other, so the last one is kept for the next. */
export class EventEncoder {
  private last: { object: KubernetesObject; form: string; bytes: Uint8Array } | undefined;

  encode(type: string, object: KubernetesObject, request: WatchRequest, withColumns: boolean): Uint8Array {
    const { kind, output } = request;
    const context = { ...request.context, now: request.core.clock.now(), withColumns };
    const table = output.as === 'Table' ? `${context.includeObject} ${withColumns}` : '';
    const form = `${type} ${output.format} ${output.as} ${output.version} ${table}`;
    if (this.last?.object === object && this.last.form === form) return this.last.bytes;
    const bytes = output.codec
      ? eventBytes(output.codec, type, kind, object, output)
      : Buffer.from(`{"type":"${type}","object":${renderObject(kind, object, output, context)}}\n`);
    this.last = { object, form, bytes };
    return bytes;
  }
}
